//! Importing control points, and plans with them.

use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use super::{column, events, exported, exported_rows, import, imported, problems, rows, workbook, year_2018};
use crate::api::{Client, Server, with};
use crate::harness::{Suite, trials};

pub(super) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        a_plan_is_imported_once_and_comes_back,
        numbers_are_given_once_and_can_change_places,
        a_last_day_without_a_column_stays,
        a_plan_past_draft_is_refused_with_the_way_out,
        the_shared_plan_is_the_coordinators,
        a_point_names_the_risks_that_it_answers_to,
        an_adopted_point_is_not_rewritten,
    ]
}

const PLAN: &[&[&str]] = &[
    &[
        "Nummer",
        "Titel",
        "Process",
        "Syfte",
        "Metod",
        "Frekvens",
        "Ansvariga funktioner",
        "Planerad från",
        "Lokalt ansvarig",
    ],
    &[
        "1",
        "Behörigheter",
        "IT",
        "Rätt personer",
        "Stickprov",
        "En gång; Vid behov",
        "IT-avdelningen; HR",
        "2018-05-31",
        "",
    ],
    &["3", "Löner", "Personal", "", "", "", "", "", "Lönekontoret"],
    &["", "Attest", "", "", "", "", "", "", ""],
];

const OF_KSF: &str = "kind=control-plan&year=2018&departmentCode=KSF";

/// KSF's draft of a plan for 2018.
async fn draft(server: &Server) -> (Client, Json) {
    let year = year_2018(server).await;
    let controller = server.user("controller-ksf").await.asking_for("sv");
    let ids = controller
        .data(
            "{ department(code: \"KSF\") { id } committee(code: \"KS\") { id } }",
            json!({}),
        )
        .await;
    let input = json!({
        "controlYearId": year, "scope": "DEPARTMENT", "committeeId": ids["committee"]["id"],
        "departmentId": ids["department"]["id"],
    });
    let plan = controller
        .done("createControlPlan", "controlPlan { id version }", input)
        .await["controlPlan"]
        .take();
    (controller, plan)
}

const POINTS: &str = "{ department(code: \"KSF\") { controlPlan(year: 2018) { id version points { number localOwner point {
    title process purpose method schedule responsibleFunctions scheduledTimes { earliest latest text } version } } } } }";

async fn points(client: &Client) -> Json {
    client.data(POINTS, json!({})).await["department"]["controlPlan"].take()
}

async fn a_plan_is_imported_once_and_comes_back(server: Server) {
    let (controller, _) = draft(&server).await;
    assert_eq!(
        imported(&controller, &format!("{OF_KSF}&dryRun=true"), workbook(PLAN)).await,
        (3, 0, 0)
    );
    assert_eq!(points(&controller).await["points"], json!([]));
    let stored = events(&server, "control_point.created").await;
    assert_eq!(imported(&controller, OF_KSF, workbook(PLAN)).await, (3, 0, 0));
    let plan = points(&controller).await;
    let numbers: Vec<_> = plan["points"]
        .as_array()
        .expect("points")
        .iter()
        .map(|it| it["number"].as_i64())
        .collect();
    assert_eq!(numbers, [Some(1), Some(3), Some(4)]);
    assert_eq!(
        plan["points"][0]["point"],
        json!({
            "title": "Behörigheter", "process": "IT", "purpose": "Rätt personer", "method": "Stickprov",
            "schedule": ["En gång", "Vid behov"], "responsibleFunctions": ["IT-avdelningen", "HR"], "version": 1,
            "scheduledTimes": [{ "earliest": "2018-05-31", "latest": "2018-05-31", "text": "2018-05-31" }],
        })
    );
    assert_eq!(plan["points"][1]["localOwner"], "Lönekontoret");
    assert_eq!(events(&server, "control_point.created").await, stored + 3);

    let before = points(&controller).await;
    assert_eq!(imported(&controller, OF_KSF, workbook(PLAN)).await, (0, 0, 3));
    for format in ["csv", "xlsx"] {
        let file = exported(
            &controller,
            &format!("control-plan.{format}?year=2018&departmentCode=KSF"),
        )
        .await;
        assert_eq!(imported(&controller, OF_KSF, file).await, (0, 0, 3));
    }
    let file = exported(&controller, "control-points.xlsx?year=2018").await;
    assert_eq!(
        imported(&controller, "kind=control-points&year=2018", file).await,
        (0, 0, 3)
    );
    assert_eq!(points(&controller).await, before, "a second import changes nothing");

    let file = exported(&controller, "control-plan.csv?year=2018&departmentCode=KSF").await;
    let changed = String::from_utf8(file)
        .expect("UTF-8")
        .replace("Stickprov", "Hela beståndet");
    assert_eq!(imported(&controller, OF_KSF, changed).await, (0, 1, 2));
    assert_eq!(
        points(&controller).await["points"][0]["point"]["method"],
        "Hela beståndet"
    );
}

async fn numbers_are_given_once_and_can_change_places(server: Server) {
    let (controller, _) = draft(&server).await;
    imported(&controller, OF_KSF, workbook(PLAN)).await;
    let swapped: &[&[&str]] = &[&["Nummer", "Titel"], &["3", "Behörigheter"], &["1", "Löner"]];
    assert_eq!(imported(&controller, OF_KSF, workbook(swapped)).await, (0, 2, 0));
    let plan = points(&controller).await;
    let titles: Vec<_> = plan["points"]
        .as_array()
        .expect("points")
        .iter()
        .map(|it| it["point"]["title"].as_str())
        .collect();
    assert_eq!(titles, [Some("Löner"), Some("Behörigheter"), Some("Attest")]);
    let twice: &[&[&str]] = &[&["Nummer", "Titel"], &["4", "Ny"], &["10001", "Till"]];
    let (status, report) = import(&controller, OF_KSF, workbook(twice)).await;
    assert_eq!(status, 422);
    let found = problems(&report);
    assert!(found.contains(&("A2".to_owned(), "DUPLICATE".to_owned())), "{found:?}");
    assert!(found.contains(&("A3".to_owned(), "INVALID".to_owned())), "{found:?}");
}

async fn a_last_day_without_a_column_stays(server: Server) {
    let (controller, _) = draft(&server).await;
    let both = ["Titel", "Planerad från", "Planerad till och med"];
    let planned: &[&[&str]] = &[&both, &["Attest", "2018-05-01", "2018-05-31"]];
    assert_eq!(imported(&controller, OF_KSF, workbook(planned)).await, (1, 0, 0));
    let first: &[&[&str]] = &[&both[..2], &["Attest", "2018-05-15"]];
    let emptied: &[&[&str]] = &[&both, &["Attest", "2018-05-15", ""]];
    for (sheet, latest) in [(first, "2018-05-31"), (emptied, "2018-05-15")] {
        for counted in [(0, 1, 0), (0, 0, 1)] {
            assert_eq!(imported(&controller, OF_KSF, workbook(sheet)).await, counted);
        }
        let plan = points(&controller).await;
        let time = &plan["points"][0]["point"]["scheduledTimes"][0];
        assert_eq!(time["earliest"], "2018-05-15");
        assert_eq!(time["latest"], latest);
    }
}

async fn a_plan_past_draft_is_refused_with_the_way_out(server: Server) {
    let (controller, _) = draft(&server).await;
    imported(&controller, OF_KSF, workbook(PLAN)).await;
    let plan = points(&controller).await;
    let head = server.user("head-ksf").await;
    let input = json!({ "id": plan["id"], "expectedVersion": plan["version"], "to": "PROPOSED" });
    head.done("changeControlPlanStatus", "controlPlan { id }", input).await;
    let (status, report) = import(&controller, OF_KSF, workbook(PLAN)).await;
    assert_eq!(
        (status, problems(&report)),
        (422, vec![(String::new(), "INVALID".to_owned())])
    );
    let message = report["problems"][0]["message"].as_str().expect("a message");
    assert!(message.contains("återremitteras"), "{message}");
    let none: &[&[&str]] = &[&["Titel"], &["a"]];
    let utb = server.user("controller-utb").await;
    let (_, report) = import(&utb, "kind=control-plan&year=2018&departmentCode=UTB", workbook(none)).await;
    let message = report["problems"][0]["message"].as_str().expect("a message");
    assert!(message.contains("createControlPlan"), "{message}");
}

async fn the_shared_plan_is_the_coordinators(server: Server) {
    let year = year_2018(&server).await;
    let coordinator = server.user("coordinator").await;
    let committee = coordinator.data("{ committee(code: \"KS\") { id } }", json!({})).await;
    let input = json!({ "controlYearId": year, "scope": "SHARED", "committeeId": committee["committee"]["id"] });
    coordinator.done("createControlPlan", "controlPlan { id }", input).await;
    let query = "kind=control-plan&year=2018";
    let controller = server.user("controller-ksf").await;
    let (status, _) = import(&controller, query, workbook(PLAN)).await;
    assert_eq!(status, 403);
    assert_eq!(imported(&coordinator, query, workbook(PLAN)).await, (3, 0, 0));
    let exported = exported_rows(&coordinator, "shared-plan.csv?year=2018").await;
    assert_eq!(column(&exported, "Title"), ["Behörigheter", "Löner", "Attest"]);
    assert_eq!(column(&exported, "Department code"), ["", "", ""]);
    assert_eq!(imported(&coordinator, query, workbook(PLAN)).await, (0, 0, 3));
}

async fn a_point_names_the_risks_that_it_answers_to(server: Server) {
    let (controller, _) = draft(&server).await;
    let risks: &[&[&str]] = &[&["Beskrivning"], &["Fel löner; och fel avdrag"], &["Avtal följs inte"]];
    imported(&controller, "kind=risks&year=2018&departmentCode=KSF", workbook(risks)).await;
    let linked: &[&[&str]] = &[
        &["Titel", "Risker"],
        &["Löner", "Fel löner; och fel avdrag\nAvtal följs inte"],
        &["Inköp", "Avtal följs inte"],
    ];
    assert_eq!(imported(&controller, OF_KSF, workbook(linked)).await, (2, 0, 0));
    let query = "{ controlPoints(filter: { year: 2018 }) { nodes { title risks { description } } } }";
    let data = controller.data(query, json!({})).await;
    let wages = with(&data["controlPoints"]["nodes"], "title", "Löner");
    assert_eq!(wages["risks"].as_array().map(Vec::len), Some(2));
    assert_eq!(imported(&controller, OF_KSF, workbook(linked)).await, (0, 0, 2));
    let file = exported(&controller, "control-plan.csv?year=2018&departmentCode=KSF").await;
    assert_eq!(column(&rows(&file), "Risker")[1], "Avtal följs inte");
    assert_eq!(imported(&controller, OF_KSF, file).await, (0, 0, 2));
    let fewer: &[&[&str]] = &[&["Titel", "Risker"], &["Löner", "Avtal följs inte"], &["Inköp", ""]];
    assert_eq!(imported(&controller, OF_KSF, workbook(fewer)).await, (0, 2, 0));
    let unknown: &[&[&str]] = &[&["Titel", "Risker"], &["Löner", "Något annat"]];
    let (_, report) = import(&controller, OF_KSF, workbook(unknown)).await;
    assert_eq!(problems(&report), [("B2".to_owned(), "NOT_FOUND".to_owned())]);
}

async fn an_adopted_point_is_not_rewritten(server: Server) {
    let controller = server.user("controller-ksf").await;
    let query = "kind=control-points&year=2017&departmentCode=KSF&dryRun=true";
    let file = exported(
        &controller,
        "control-points.csv?year=2017&departmentCode=KSF&scope=DEPARTMENT",
    )
    .await;
    assert_eq!(imported(&controller, query, file.clone()).await, (0, 0, 2));
    let changed = String::from_utf8(file)
        .expect("UTF-8")
        .replace("Extern säkerhetsgranskning", "Granskning");
    let (_, report) = import(&controller, query, changed).await;
    let message = report["problems"][0]["message"].as_str().expect("a message");
    assert!(message.contains("adopted plan"), "{message}");
}

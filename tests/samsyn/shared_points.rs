//! Shared points in the plans of departments: where they stand, where they count, and when they leave.

use std::collections::BTreeSet;

use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::api::{Client, Server, each, with, with_title};
use crate::harness::{Suite, trials};
use crate::roll_forward::{accept, department, items, next_year, roll, with_points};

pub(crate) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        what_is_followed_up_stays_in_the_plan,
        a_point_that_was_dropped_stays_where_work_has_begun,
        no_point_is_left_out_for_want_of_numbers,
        a_finding_does_not_land_where_the_department_is_exempt,
        links_are_read_together,
        a_point_in_two_plans_counts_once,
    ]
}

const PLAN: &str = "controlPlan { id version status points { number point { id title } } }";

fn of(object: &Json) -> Json {
    json!({ "id": object["id"], "expectedVersion": object["version"] })
}

async fn revise(client: &Client, plan: &Json) -> Json {
    client.done("reviseControlPlan", PLAN, of(plan)).await["controlPlan"].take()
}

/// The shared plan of 2017, its year, and the plan of a department.
async fn plans(client: &Client, code: &str) -> Json {
    let query =
        "query($code: String!) { controlYear(year: 2017) { id sharedPlan { id version points { point { id title } } } }
        department(code: $code) { id controlPlan(year: 2017) { id version points { number point { id title } } } } }";
    client.data(query, json!({ "code": code })).await
}

/// Proposes a plan and lets its committee adopt it; answers what adopting it answers.
async fn adopt(proposer: &Client, secretary: &Client, plan: &Json) -> Json {
    let mut propose = of(plan);
    propose["to"] = json!("PROPOSED");
    let plan = proposer.done("changeControlPlanStatus", PLAN, propose).await["controlPlan"].take();
    let mut adopt = of(&plan);
    adopt["to"] = json!("ADOPTED");
    adopt["adoptedOn"] = json!("2018-02-01");
    secretary.mutate("changeControlPlanStatus", PLAN, adopt).await
}

/// A new shared point in a revision of the shared plan; answers the point and the revision.
async fn add_shared_point(server: &Server, title: &str) -> (Json, Json) {
    let coordinator = server.user("coordinator").await;
    let data = plans(&coordinator, "KSF").await;
    let year = &data["controlYear"];
    let draft = revise(&coordinator, &year["sharedPlan"]).await;
    let input = json!({ "controlYearId": year["id"], "scope": "SHARED", "title": title });
    let point = coordinator
        .done("createControlPoint", "controlPoint { id }", input)
        .await["controlPoint"]["id"]
        .take();
    let add = json!({
        "controlPlanId": draft["id"], "expectedVersion": draft["version"], "controlPointId": point, "number": 9,
    });
    let draft = coordinator.done("addPlanPoint", PLAN, add).await["controlPlan"].take();
    (point, draft)
}

async fn adopt_shared(server: &Server, plan: &Json) -> Json {
    let (coordinator, secretary) = (server.user("coordinator").await, server.user("secretary-ks").await);
    adopt(&coordinator, &secretary, plan).await
}

fn titles(plan: &Json) -> Vec<Json> {
    each(&plan["points"], "point")
        .into_iter()
        .map(|mut point| point["title"].take())
        .collect()
}

async fn what_is_followed_up_stays_in_the_plan(server: Server) {
    let (coordinator, controller) = (server.user("coordinator").await, server.user("controller-ksf").await);
    let data = plans(&controller, "KSF").await;
    for (client, plan, title) in [
        (&coordinator, &data["controlYear"]["sharedPlan"], "Krishantering"),
        (
            &controller,
            &data["department"]["controlPlan"],
            "Säker IT-infrastruktur och system",
        ),
    ] {
        let draft = revise(client, plan).await;
        let place = with_title(&draft["points"], title);
        let input = json!({
            "controlPlanId": draft["id"], "expectedVersion": draft["version"], "controlPointId": place["point"]["id"],
        });
        let errors = client.refused("removePlanPoint", input).await;
        assert_eq!(
            (&errors[0]["code"], &errors[0]["path"]),
            (&json!("INVALID"), &json!(["controlPointId"])),
            "{title}: {errors:?}"
        );
    }
}

async fn a_point_that_was_dropped_stays_where_work_has_begun(server: Server) {
    let (point, draft) = add_shared_point(&server, "Bisysslor").await;
    assert_eq!(adopt_shared(&server, &draft).await["errors"], json!([]));
    let (coordinator, controller) = (server.user("coordinator").await, server.user("controller-ksf").await);
    // The shared plan drops it before anybody has begun, and one department begins before that is decided.
    let shared = plans(&coordinator, "KSF").await["controlYear"]["sharedPlan"].take();
    let draft = revise(&coordinator, &shared).await;
    let input = json!({ "controlPlanId": draft["id"], "expectedVersion": draft["version"], "controlPointId": point });
    let draft = coordinator.done("removePlanPoint", PLAN, input).await["controlPlan"].take();
    let own = plans(&controller, "KSF").await["department"].take();
    let revision = revise(&controller, &own["controlPlan"]).await;
    let input = json!({ "controlPointId": point, "departmentId": own["id"], "performerIds": [] });
    controller.done("startFollowUp", "followUp { id }", input).await;
    assert_eq!(adopt_shared(&server, &draft).await["errors"], json!([]));
    let query = "query($id: ID!) { node(id: $id) { ... on ControlPlan { points { point { title } } } } }";
    let revision = controller.data(query, json!({ "id": revision["id"] })).await["node"].take();
    assert!(titles(&revision).contains(&json!("Bisysslor")), "{revision:#}");
    let elsewhere = plans(&server.user("controller-utb").await, "UTB").await["department"]["controlPlan"].take();
    assert!(!titles(&elsewhere).contains(&json!("Bisysslor")), "{elsewhere:#}");
}

async fn no_point_is_left_out_for_want_of_numbers(server: Server) {
    let controller = server.user("controller-ksf").await;
    let own = plans(&controller, "KSF").await["department"]["controlPlan"].take();
    let draft = revise(&controller, &own).await;
    let place = draft["points"][0].clone();
    let number = |version: &Json, number: &Json| {
        json!({
            "controlPlanId": draft["id"], "expectedVersion": version, "controlPointId": place["point"]["id"],
            "number": number,
        })
    };
    let input = number(&draft["version"], &json!(10_000));
    let numbered = controller.done("updatePlanPoint", PLAN, input).await["controlPlan"].take();
    let (_, shared) = add_shared_point(&server, "Bisysslor").await;
    let refused = adopt_shared(&server, &shared).await;
    let error = &refused["errors"][0];
    assert_eq!(error["code"], "LIMIT", "{refused:#}");
    let message = error["message"].as_str().unwrap_or_default();
    assert!(message.contains("Kommunstyrelsens förvaltning"), "{message}");
    // With a number to spare, it is in every plan.
    let input = number(&numbered["version"], &place["number"]);
    controller.done("updatePlanPoint", PLAN, input).await;
    let query = "query($id: ID!) { node(id: $id) { ... on ControlPlan { id version } } }";
    let coordinator = server.user("coordinator").await;
    let shared = coordinator.data(query, json!({ "id": shared["id"] })).await["node"].take();
    let mut adopt = of(&shared);
    adopt["to"] = json!("ADOPTED");
    adopt["adoptedOn"] = json!("2018-02-01");
    let secretary = server.user("secretary-ks").await;
    secretary.done("changeControlPlanStatus", PLAN, adopt).await;
    let own = plans(&controller, "KSF").await["department"]["controlPlan"].take();
    assert!(titles(&own).contains(&json!("Bisysslor")), "{own:#}");
}

async fn a_finding_does_not_land_where_the_department_is_exempt(server: Server) {
    let controller = server.user("controller-ksf").await;
    let query = "{ followUps(filter: { departmentCode: \"KSF\", year: 2017 }) { nodes { id point { title } } } }";
    let found = controller.data(query, json!({})).await;
    let crisis = with_title(&found["followUps"]["nodes"], "Krishantering");
    let input = json!({ "followUpId": crisis["id"], "title": "Ingen reservkraft" });
    let finding = controller.done("registerFinding", "finding { id }", input).await["finding"]["id"].take();
    let proposed = with_points(&server).await;
    let item = proposed["nodes"].as_array().into_iter().flatten();
    let item = item
        .clone()
        .find(|item| item["finding"]["id"] == finding)
        .expect("the finding");
    let coordinator = server.user("coordinator").await;
    let points = "{ controlYear(year: 2018) { sharedPlan { points { point { id title } } } } }";
    let points = coordinator.data(points, json!({})).await["controlYear"]["sharedPlan"]["points"].take();
    let input = json!({
        "controlPointId": with_title(&points, "Krishantering")["point"]["id"],
        "departmentId": department(&server, "KSF").await["id"], "reason": "Görs av räddningstjänsten",
    });
    coordinator.done("createExemption", "exemption { id }", input).await;
    let errors = controller.refused("acceptCarryOver", of(item)).await;
    let message = errors[0]["message"].as_str().unwrap_or_default();
    assert!(message.contains("exempt"), "{message}");
}

async fn links_are_read_together(server: Server) {
    let controller = server.user("controller-ksf").await;
    let data = plans(&controller, "KSF").await;
    let (year, department) = (&data["controlYear"]["id"], &data["department"]["id"]);
    for (description, points) in [("Utan punkter", 0), ("Med punkter", 4)] {
        let input = json!({ "controlYearId": year, "departmentId": department, "description": description });
        let risk = controller.done("createRisk", "risk { id }", input).await["risk"]["id"].take();
        for number in 0..points {
            let input = json!({
                "controlYearId": year, "scope": "DEPARTMENT", "departmentId": department, "riskIds": [risk],
                "title": format!("Punkt {number}"),
            });
            controller
                .done("createControlPoint", "controlPoint { id }", input)
                .await;
        }
    }
    let next = next_year(&server).await;
    let proposed = roll(&server, &next).await;
    let mut cost = Vec::new();
    for description in ["Utan punkter", "Med punkter"] {
        let item = with(&proposed["nodes"], "risk", json!({ "description": description }));
        let before = server.database().statements();
        accept(&controller, item, json!({})).await;
        cost.push(server.database().statements() - before);
    }
    // One statement finds what the points have become: none of them has come along.
    assert!(cost[1] <= cost[0] + 1, "{cost:?}");
    assert_eq!(
        items(&controller, json!({ "year": 2018 })).await["totalCount"]
            .as_i64()
            .map(|count| count > 0),
        Some(true)
    );
}

/// How many points of a department a year expects, and how many are missing or begun.
async fn completeness(client: &Client, code: &str) -> Json {
    let query =
        "{ rollUp(of: { years: [2017] }) { completeness { department { code } expected reported started missing } } }";
    let found = client.data(query, json!({})).await["rollUp"]["completeness"].take();
    with(&found, "department", json!({ "code": code })).clone()
}

/// The plans of a department that have follow-ups to be started, as somebody's work.
async fn to_start(client: &Client) -> BTreeSet<String> {
    let query = "{ viewer { myWork(first: 100) { nodes { kind plan { committee { code } } } } } }";
    let work = client.data(query, json!({})).await["viewer"]["myWork"]["nodes"].take();
    let items = work.as_array().into_iter().flatten();
    items
        .filter(|item| item["kind"] == "START_FOLLOW_UPS")
        .map(|item| {
            item["plan"]["committee"]["code"]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        })
        .collect()
}

/// What a report of a department to a committee lacks when it is submitted.
async fn lacking(client: &Client, department: &Json, committee: &Json) -> Json {
    let occasion = "{ controlYear(year: 2017) { occasions { id } } }";
    let occasion = client.data(occasion, json!({})).await["controlYear"]["occasions"][0]["id"].take();
    let input = json!({
        "departmentId": department, "committeeId": committee, "occasionId": occasion, "title": "Uppföljning 2017",
    });
    let report = client
        .done("createDepartmentReport", "departmentReport { id version }", input)
        .await["departmentReport"]
        .take();
    let submitted = client
        .mutate("submitDepartmentReport", "departmentReport { status }", of(&report))
        .await;
    submitted["errors"][0]["missing"].clone()
}

async fn a_point_in_two_plans_counts_once(server: Server) {
    let (coordinator, controller, head) = (
        server.user("coordinator").await,
        server.user("controller-kff").await,
        server.user("head-kff").await,
    );
    let before = completeness(&coordinator, "KFF").await;
    let kff = department(&server, "KFF").await["id"].take();
    let committees = "{ ks: committee(code: \"KS\") { id } kfn: committee(code: \"KFN\") { id } }";
    let committees = coordinator.data(committees, json!({})).await;
    let (ks, kfn) = (&committees["ks"]["id"], &committees["kfn"]["id"]);
    let period = json!({ "departmentId": kff, "committeeId": ks, "validFrom": "2017-01-01" });
    server
        .user("administrator")
        .await
        .done("createDepartmentPeriod", "departmentPeriod { id }", period)
        .await;
    let year = plans(&coordinator, "KSF").await["controlYear"]["id"].take();
    let input = json!({ "controlYearId": year, "scope": "DEPARTMENT", "committeeId": ks, "departmentId": kff });
    let plan = controller.done("createControlPlan", PLAN, input).await["controlPlan"].take();
    assert!(titles(&plan).contains(&json!("Krishantering")), "{plan:#}");
    let secretary = server.user("secretary-ks").await;
    assert_eq!(adopt(&head, &secretary, &plan).await["errors"], json!([]));
    // The follow-up hangs on the first committee's plan, and counts there.
    assert_eq!(completeness(&coordinator, "KFF").await, before);
    // One that nobody has begun counts in the plan of the committee that was registered first.
    let (point, draft) = add_shared_point(&server, "Bisysslor").await;
    assert_eq!(adopt_shared(&server, &draft).await["errors"], json!([]));
    let expected = |completeness: &Json| completeness["expected"].as_i64().unwrap_or_default();
    let with_one_more = completeness(&coordinator, "KFF").await;
    assert_eq!(expected(&with_one_more), expected(&before) + 1);
    assert_eq!(to_start(&controller).await, BTreeSet::from(["KS".to_owned()]));
    let cells = "{ jointFollowUp(year: 2017) { points { point { title } expected } } }";
    let cells = coordinator.data(cells, json!({})).await["jointFollowUp"]["points"].take();
    assert_eq!(with_title(&cells, "Bisysslor")["expected"], 5);
    let lacks = |missing: &Json, title: &str| {
        let lines = missing.as_array().into_iter().flatten();
        lines
            .filter_map(Json::as_str)
            .filter(|line| line.contains(title))
            .count()
    };
    let missing = lacking(&controller, &kff, ks).await;
    assert_eq!((lacks(&missing, "Krishantering"), lacks(&missing, "Bisysslor")), (0, 1));
    let missing = lacking(&controller, &kff, kfn).await;
    assert_eq!((lacks(&missing, "Krishantering"), lacks(&missing, "Bisysslor")), (1, 0));
    // Begun, it stays there.
    let input = json!({ "controlPointId": point, "departmentId": kff, "performerIds": [] });
    controller.done("startFollowUp", "followUp { id }", input).await;
    assert!(to_start(&controller).await.is_empty());
    assert_eq!(
        expected(&completeness(&coordinator, "KFF").await),
        expected(&with_one_more)
    );
}

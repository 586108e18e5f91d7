//! Exporting what the API lists: to whom it lists it.

use libtest_mimic::Trial;
use reqwest::Method;
use serde_json::{Value as Json, json};

use super::{column, csv, events, exported, exported_rows, imported, rows, year_2018};
use crate::api::{EXEMPEL, Server, each};
use crate::harness::{Suite, trials};

pub(super) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        every_list_is_exported_in_both_formats,
        an_export_has_what_the_list_has,
        what_is_withheld_stays_withheld_and_what_is_read_is_noted,
        the_joint_matrix_is_a_sheet,
        nobody_exports_what_they_cannot_list,
        an_export_says_how_it_is_to_be_saved,
    ]
}

/// Every export, with what it needs to be told.
const EXPORTS: &[(&str, &str)] = &[
    ("risks", ""),
    ("control-points", "year=2017"),
    ("control-plan", "year=2017&departmentCode=KSF"),
    ("shared-plan", "year=2017"),
    ("control-years", ""),
    ("follow-ups", "year=2017&departmentCode=KSF&status=REVIEWED,ASSESSED"),
    ("assessments", "year=2017"),
    ("checks", "departmentCode=KSF"),
    ("findings", "year=2017"),
    ("corrective-actions", "year=2017&overdue=false"),
    ("joint-follow-up", "year=2017"),
    ("joint-cells", "year=2017&occasion=HELAR"),
    ("department-reports", "year=2017"),
    ("completeness", "years=2017"),
    ("case-documents", "number=KS/2016:389"),
    ("case-decisions", "number=KS/2016:389"),
    ("carry-overs", ""),
    ("departments", "on=2017-12-31"),
    ("committees", ""),
    ("users", "active=true"),
    ("role-assignments", "kind=PERSON"),
    ("access-changes", ""),
    ("policy-versions", ""),
    ("reminders", ""),
    ("audit-events", "actions=risk.created"),
    ("my-work", ""),
];

async fn every_list_is_exported_in_both_formats(server: Server) {
    for username in ["coordinator", "auditor", "administrator"] {
        let client = server.user(username).await;
        for (name, query) in EXPORTS {
            if *name == "audit-events" && username != "auditor" {
                let request = client.request(Method::GET, "/exports/audit-events.csv");
                assert_eq!(request.send().await.expect("an answer").status(), 403);
                continue;
            }
            let csv = rows(&exported(&client, &format!("{name}.csv?{query}")).await);
            assert!(csv[0].len() > 2, "{name}: {csv:?}");
            assert!(csv.iter().all(|row| row.len() == csv[0].len()), "{name}");
            let xlsx = exported(&client, &format!("{name}.xlsx?{query}")).await;
            assert!(xlsx.starts_with(b"PK"), "{name}");
        }
    }
    let answer = server
        .user("coordinator")
        .await
        .request(Method::GET, "/exports/all.csv");
    let body: Json = answer.send().await.expect("an answer").json().await.expect("JSON");
    let message = body["errors"][0]["message"].as_str().expect("a message");
    for (name, _) in EXPORTS {
        assert!(message.contains(name), "{name} is not named: {message}");
    }
    assert_eq!(
        message.matches(", ").count(),
        EXPORTS.len(),
        "every export is in this test"
    );
}

async fn an_export_has_what_the_list_has(server: Server) {
    let coordinator = server.user("coordinator").await;
    let query = "{ followUps(first: 100) { nodes { id department { code } } } }";
    let nodes = coordinator.data(query, json!({})).await["followUps"]["nodes"].take();
    let rows = exported_rows(&coordinator, "follow-ups.csv").await;
    let ids: Vec<Json> = column(&rows, "Id").into_iter().map(Json::from).collect();
    assert_eq!(ids, each(&nodes, "id"));
    assert!(
        column(&rows, "Status").iter().all(|status| !status.contains('_')),
        "labels, not names"
    );
    let swedish = exported_rows(&coordinator.asking_for("sv"), "follow-ups.csv?departmentCode=KSF").await;
    assert_eq!(column(&swedish, "Förvaltningskod"), ["KSF"; 4]);
    let comma = exported(&coordinator, "departments.csv?delimiter=comma").await;
    let text = String::from_utf8(comma).expect("UTF-8");
    assert!(text.starts_with("\u{feff}Id,Version,Code,"), "{text}");
}

async fn what_is_withheld_stays_withheld_and_what_is_read_is_noted(server: Server) {
    let path = "findings.csv?year=2017&departmentCode=KSF";
    let before = events(&server, "confidential.read").await;
    let open = exported_rows(&server.user("coordinator").await, path).await;
    let grounds = column(&open, "Withheld under");
    let withheld = grounds.iter().filter(|ground| !ground.is_empty()).count();
    assert!(withheld > 0, "some are withheld");
    for (title, ground) in column(&open, "Title").iter().zip(&grounds) {
        assert_eq!(title.is_empty(), !ground.is_empty(), "the ground alone is shown");
    }
    assert_eq!(
        events(&server, "confidential.read").await,
        before,
        "nothing confidential was read"
    );
    let head = exported_rows(&server.user("head-ksf").await, path).await;
    assert!(column(&head, "Title").iter().all(|title| !title.is_empty()));
    assert_eq!(head.len(), open.len());
    let warned = column(&head, "Withheld under");
    let warned = warned.iter().filter(|ground| !ground.is_empty()).count();
    assert_eq!(warned, withheld, "the ground is shown with what it is of");
    assert_eq!(
        events(&server, "confidential.read").await,
        before + 1,
        "who read it is in the log"
    );
}

async fn the_joint_matrix_is_a_sheet(server: Server) {
    let coordinator = server.user("coordinator").await.asking_for("sv");
    let matrix = exported_rows(&coordinator, "joint-follow-up.csv?year=2017").await;
    assert_eq!(matrix[0][3..], ["KSF", "UTB", "OSF", "KFF", "SBF"]);
    assert_eq!(matrix[1][..3], ["Krishantering", "3", "5"]);
    assert!(matrix[1][3].ends_with("Fungerar tillfredsställande"), "{matrix:?}");
    assert_eq!(matrix.len(), 3);
    let cells = exported_rows(&coordinator, "joint-cells.csv?year=2017").await;
    assert_eq!(cells.len(), 1 + 2 * 5);
    let controller = server.user("controller-utb").await;
    let own = exported_rows(&controller, "joint-follow-up.csv?year=2017").await;
    assert_eq!(
        own[0][3..],
        ["UTB"],
        "somebody of a department sees their own column alone"
    );
}

async fn nobody_exports_what_they_cannot_list(server: Server) {
    year_2018(&server).await;
    let controller = server.user("controller-ksf").await;
    let sheet: &[&[&str]] = &[&["Beskrivning"], &["Fel löner"]];
    imported(&controller, "kind=risks&year=2018&departmentCode=KSF", csv(sheet)).await;
    for (client, seen) in [
        (controller.clone(), 1),
        (server.user("controller-utb").await, 0),
        (server.user_of(EXEMPEL, "controller-ksf").await, 0),
        (server.user("member-ks").await, 0),
        (server.public(), 0),
    ] {
        assert_eq!(exported_rows(&client, "risks.csv?year=2018").await.len(), 1 + seen);
    }
    let follow_ups = exported_rows(&server.user("controller-utb").await, "follow-ups.csv").await;
    let codes = column(&follow_ups, "Department code");
    assert!(!codes.is_empty() && codes.iter().all(|code| code == "UTB"), "{codes:?}");
    let users = exported_rows(&controller, "users.csv").await;
    let mine = controller
        .data("{ users(first: 100) { nodes { username } } }", json!({}))
        .await;
    assert_eq!(users.len() - 1, mine["users"]["nodes"].as_array().map_or(0, Vec::len));
    for (name, query) in EXPORTS {
        // The public lists hardly anything, and is refused where the API refuses it.
        let answer = server
            .public()
            .request(Method::GET, &format!("/exports/{name}.csv?{query}"));
        let status = answer.send().await.expect("an answer").status().as_u16();
        assert!([200, 401, 403].contains(&status), "{name}: {status}");
    }
    let nobody = server.with_token("nonsense".to_owned());
    let bad = nobody.request(Method::GET, "/exports/risks.csv");
    assert_eq!(bad.send().await.expect("an answer").status(), 401);
}

async fn an_export_says_how_it_is_to_be_saved(server: Server) {
    let client = server.user("coordinator").await.asking_for("sv");
    let answer = client
        .request(Method::GET, "/exports/departments.csv")
        .send()
        .await
        .expect("an answer");
    let header = |name: &str| answer.headers()[name].to_str().expect("text").to_owned();
    assert_eq!(header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(header("content-language"), "sv");
    assert_eq!(header("cache-control"), "private, no-store");
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(
        header("content-disposition"),
        "attachment; filename=\"F_rvaltningar.csv\"; filename*=UTF-8''F%C3%B6rvaltningar.csv"
    );
}

//! What is registered, where it shows, and what is refused.

use libtest_mimic::Trial;
use serde_json::json;

use super::{CRISIS, PURCHASING, department, follow_up, for_all, point, shown};
use crate::api::{Server, each};
use crate::harness::{Suite, trials};

pub(super) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        it_is_registered_once_and_shows_in_each,
        a_department_that_begins_later_has_it,
        a_named_department_has_it_and_no_other,
        an_exempt_department_is_left_out_until_it_is_not,
        what_it_cannot_be_of_is_refused,
        a_repeated_key_registers_nothing_more,
        a_change_shows_in_each,
        it_is_what_found_something_in_each,
    ]
}

async fn it_is_registered_once_and_shows_in_each(server: Server) {
    let check = for_all(&server, CRISIS).await;
    assert_eq!(check["central"], true);
    let coordinator = server.user("coordinator").await;
    for code in ["KSF", "UTB", "OSF", "KFF"] {
        let shown = shown(&follow_up(&coordinator, code, CRISIS).await, &check);
        assert_eq!(shown["title"], "Kontroll för alla", "{code}");
    }
    let query =
        "query($id: ID!) { node(id: $id) { ... on Check { followUp { id } followUps { department { code } } } } }";
    let node = coordinator.data(query, json!({ "id": check["id"] })).await["node"].take();
    let codes: Vec<_> = each(&node["followUps"], "department")
        .iter()
        .map(|it| it["code"].clone())
        .collect();
    assert_eq!(codes.len(), 4, "{codes:?}");
    // What a department registers itself is still its own.
    let performer = server.user("performer-kff").await;
    let own = json!({ "followUpId": follow_up(&performer, "KFF", CRISIS).await["id"], "title": "Egen kontroll" });
    let own = performer
        .done("registerCheck", "check { id central followUps { id } }", own)
        .await["check"]
        .take();
    assert_eq!(own["central"], false);
    assert_eq!(own["followUps"].as_array().map(Vec::len), Some(1));
    assert!(shown(&follow_up(&coordinator, "UTB", CRISIS).await, &own).is_null());
}

async fn a_department_that_begins_later_has_it(server: Server) {
    let check = for_all(&server, CRISIS).await;
    let controller = server.user("controller-sbf").await;
    let start = json!({
        "controlPointId": point(&controller, CRISIS).await, "departmentId": department(&controller, "SBF").await,
    });
    let fields = "followUp { checks { id title } }";
    let started = controller.done("startFollowUp", fields, start).await["followUp"].take();
    assert_eq!(shown(&started, &check)["title"], "Kontroll för alla");
}

async fn a_named_department_has_it_and_no_other(server: Server) {
    let coordinator = server.user("coordinator").await;
    let named = [
        department(&coordinator, "UTB").await,
        department(&coordinator, "SBF").await,
    ];
    let input = json!({
        "controlPointId": point(&coordinator, CRISIS).await, "departmentIds": named, "title": "Kontroll för två",
    });
    let check = coordinator.done("registerCentralCheck", "check { id }", input).await["check"].take();
    assert!(!shown(&follow_up(&coordinator, "UTB", CRISIS).await, &check).is_null());
    assert!(shown(&follow_up(&coordinator, "KSF", CRISIS).await, &check).is_null());
    let controller = server.user("controller-sbf").await;
    let start = json!({ "controlPointId": point(&controller, CRISIS).await, "departmentId": named[1] });
    let started = controller
        .done("startFollowUp", "followUp { checks { id } }", start)
        .await["followUp"]
        .take();
    assert!(!shown(&started, &check).is_null());
}

async fn an_exempt_department_is_left_out_until_it_is_not(server: Server) {
    let coordinator = server.user("coordinator").await;
    let purchasing = point(&coordinator, PURCHASING).await;
    let input = json!({
        "controlPointId": purchasing, "departmentIds": [department(&coordinator, "KFF").await], "title": "Kontroll",
    });
    let errors = coordinator.refused("registerCentralCheck", input).await;
    assert_eq!(errors[0]["code"], "INVALID");
    assert_eq!(errors[0]["path"], json!(["departmentIds", "0"]));
    assert_eq!(
        errors[0]["message"],
        "KFF is exempt from the control point: leave it out."
    );
    // One that has begun and is exempt since.
    let crisis = point(&coordinator, CRISIS).await;
    let exempt = json!({
        "controlPointId": crisis, "departmentId": department(&coordinator, "KFF").await, "reason": "Flyttad",
    });
    let exemption = coordinator.done("createExemption", "exemption { id }", exempt).await["exemption"]["id"].take();
    let check = for_all(&server, CRISIS).await;
    assert!(shown(&follow_up(&coordinator, "KFF", CRISIS).await, &check).is_null());
    assert!(!shown(&follow_up(&coordinator, "KSF", CRISIS).await, &check).is_null());
    let end = json!({ "id": exemption });
    coordinator.done("deleteExemption", "controlPoint { id }", end).await;
    assert!(!shown(&follow_up(&coordinator, "KFF", CRISIS).await, &check).is_null());
}

async fn what_it_cannot_be_of_is_refused(server: Server) {
    let coordinator = server.user("coordinator").await;
    let controller = server.user("controller-utb").await;
    let query =
        "{ controlPoints(filter: { scope: DEPARTMENT, year: 2017, departmentCode: \"UTB\" }) { nodes { id } } }";
    let own = controller.data(query, json!({})).await["controlPoints"]["nodes"][0]["id"].take();
    let crisis = point(&coordinator, CRISIS).await;
    for (input, path, message) in [
        (
            json!({ "controlPointId": own, "title": "Kontroll" }),
            "controlPointId",
            "The control point is a department's own: register the check in its follow-up.",
        ),
        (
            json!({ "controlPointId": crisis, "departmentIds": [], "title": "Kontroll" }),
            "departmentIds",
            "Name at least one department, or leave it out for all.",
        ),
        (
            json!({ "controlPointId": crisis, "title": "Kontroll", "population": 3, "sampleSize": 4 }),
            "sampleSize",
            "4 are more than the 3 that there were to check.",
        ),
        (
            json!({
                "controlPointId": crisis, "title": "Kontroll",
                "performedOn": { "earliest": "2019-01-01", "latest": "2019-01-01", "text": "2019" },
            }),
            "performedOn",
            "",
        ),
    ] {
        let errors = coordinator.refused("registerCentralCheck", input).await;
        assert_eq!(errors[0]["path"][0], path, "{errors:?}");
        assert!(message.is_empty() || errors[0]["message"] == message, "{errors:?}");
    }
}

async fn a_repeated_key_registers_nothing_more(server: Server) {
    let coordinator = server.user("coordinator").await;
    let input = json!({
        "controlPointId": point(&coordinator, CRISIS).await, "title": "Kontroll", "idempotencyKey": "one",
    });
    let first = coordinator
        .done("registerCentralCheck", "check { id }", input.clone())
        .await;
    let second = coordinator
        .done("registerCentralCheck", "check { id }", input.clone())
        .await;
    assert_eq!(first, second);
    let mut other = input;
    other["title"] = json!("En annan kontroll");
    assert_eq!(coordinator.refusal("registerCentralCheck", other).await, ["CONFLICT"]);
}

async fn a_change_shows_in_each(server: Server) {
    let check = for_all(&server, CRISIS).await;
    let coordinator = server.user("coordinator").await;
    let change = json!({ "id": check["id"], "expectedVersion": 1, "title": "Rättad", "deviations": 0 });
    coordinator
        .done("updateCheck", "check { id version }", change.clone())
        .await;
    for code in ["KSF", "UTB"] {
        let shown = shown(&follow_up(&coordinator, code, CRISIS).await, &check);
        assert_eq!(
            (&shown["title"], &shown["version"]),
            (&json!("Rättad"), &json!(2)),
            "{code}"
        );
    }
    assert_eq!(coordinator.refusal("updateCheck", change).await, ["CONFLICT"]);
}

async fn it_is_what_found_something_in_each(server: Server) {
    let check = for_all(&server, PURCHASING).await;
    for code in ["KSF", "UTB"] {
        let performer = server.user(&format!("performer-{}", code.to_lowercase())).await;
        let of = follow_up(&performer, code, PURCHASING).await;
        let finding = json!({ "followUpId": of["id"], "checkId": check["id"], "title": "Utanför ramavtal" });
        let fields = "finding { check { id title } followUp { id } }";
        let found = performer.done("registerFinding", fields, finding).await["finding"].take();
        assert_eq!(found["check"]["id"], check["id"]);
        assert_eq!(found["followUp"]["id"], of["id"]);
    }
    let performer = server.user("performer-kff").await;
    let elsewhere = json!({
        "followUpId": follow_up(&performer, "KFF", CRISIS).await["id"], "checkId": check["id"], "title": "Brist",
    });
    // KFF is exempt from the point, and knows nothing of its checks.
    assert_eq!(performer.refusal("registerFinding", elsewhere).await, ["NOT_FOUND"]);
}

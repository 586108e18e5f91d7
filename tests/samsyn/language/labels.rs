//! What people call the schema's types and values.

use libtest_mimic::Trial;
use serde_json::json;

use super::message;
use crate::api::{Server, with};
use crate::harness::{Suite, trials};

pub(super) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        a_portal_reads_them_in_its_language,
        all_of_them_come_at_once,
        what_has_none_is_refused,
    ]
}

const QUERY: &str = include_str!("../../../schema/operations/Labels.graphql");

async fn a_portal_reads_them_in_its_language(server: Server) {
    let public = server.public();
    let types = json!({ "types": ["CorrectiveAction", "FollowUpStatus"] });
    let swedish = public.asking_for("sv-SE").data(QUERY, types.clone()).await;
    assert_eq!(
        swedish["labels"],
        json!([
            { "name": "CorrectiveAction", "label": "Åtgärd", "values": [] },
            { "name": "FollowUpStatus", "label": "Uppföljningens status", "values": [
                { "value": "NOT_STARTED", "label": "Ej påbörjad" },
                { "value": "IN_PROGRESS", "label": "Pågår" },
                { "value": "ASSESSED", "label": "Bedömd" },
                { "value": "REVIEWED", "label": "Granskad" },
            ] },
        ])
    );
    let english = public.data(QUERY, types).await;
    assert_eq!(english["labels"][0]["label"], "Corrective action");
    assert_eq!(english["labels"][1]["values"][3]["label"], "Reviewed");
}

async fn all_of_them_come_at_once(server: Server) {
    let all = server.public().asking_for("sv").data(QUERY, json!({})).await;
    for (name, label) in [
        ("ControlYear", "Kontrollår"),
        ("Finding", "Brist"),
        ("DepartmentReport", "Slutredovisning"),
        ("Role", "Roll"),
    ] {
        assert_eq!(with(&all["labels"], "name", name)["label"], label);
    }
    let status = &with(&all["labels"], "name", "ReportStatus")["values"];
    assert_eq!(with(status, "value", "REFERRED_BACK")["label"], "Återremitterad");
    assert_eq!(with(status, "value", "DECIDED")["label"], "Beslutad");
    assert_eq!(status.as_array().map(Vec::len), Some(6));
}

async fn what_has_none_is_refused(server: Server) {
    let answer = server
        .public()
        .asking_for("sv")
        .ask(QUERY, json!({ "types": ["Nothing"] }))
        .await;
    assert_eq!(message(&answer), "Det finns ingen typ ”Nothing” med etiketter.");
}

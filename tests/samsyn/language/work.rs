//! Texts that are derived from what is stored.

use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::api::Server;
use crate::harness::{Suite, trials};

pub(super) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        why_something_is_to_be_done_is_said_in_the_language,
        a_separation_of_duties_is_explained_in_the_language,
    ]
}

async fn why_something_is_to_be_done_is_said_in_the_language(server: Server) {
    let query = "{ viewer { myWork(first: 100) { nodes { kind why } } } }";
    let mut kinds = 0;
    for username in [
        "coordinator",
        "controller-ksf",
        "head-ksf",
        "performer-ksf",
        "secretary-ks",
        "registrar",
    ] {
        let client = server.user(username).await;
        let [swedish, english] = ["sv", "en"].map(|language| client.asking_for(language));
        let (swedish, english) = (
            swedish.data(query, json!({})).await,
            english.data(query, json!({})).await,
        );
        let items = |of: &Json| of["viewer"]["myWork"]["nodes"].as_array().cloned().unwrap_or_default();
        for (swedish, english) in items(&swedish).iter().zip(items(&english)) {
            assert_eq!(swedish["kind"], english["kind"]);
            assert_ne!(swedish["why"], english["why"]);
            if swedish["kind"] == "RECORD_DECISION" {
                let why = swedish["why"].as_str().expect("a text");
                assert!(
                    why.starts_with("Slutredovisningen ”") && why.ends_with(" väntar på nämndens beslut."),
                    "{why}"
                );
            }
            kinds += 1;
        }
    }
    assert_ne!(kinds, 0);
}

async fn a_separation_of_duties_is_explained_in_the_language(server: Server) {
    let head = server.user("head-ksf").await;
    let query = "{ departmentReport(departmentCode: \"KSF\", year: 2017) { id } }";
    let report = head.data(query, json!({})).await["departmentReport"]["id"].take();
    let query =
        "query($id: ID!) { explainAccess(right: DEPARTMENT_REPORT_PROPOSE, subjectId: $id) { separation { rule } } }";
    let explained = head.asking_for("sv").data(query, json!({ "id": report })).await;
    assert_eq!(
        explained["explainAccess"]["separation"]["rule"],
        "Den som har skrivit i en slutredovisning lägger inte fram den. Det måste någon annan göra."
    );
}

//! Ways round what somebody may see or do that once were open, each now closed.

use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::api::{Client, Server, each, with};
use crate::harness::{Suite, trials};

pub(crate) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![suite, frozen_actions_are_withheld_with_their_findings,]
}

const REPORT: &str = "query($code: String!) { departmentReport(departmentCode: $code, year: 2017) {
    id version contentHash committee { id name } } }";

async fn report(client: &Client, code: &str) -> Json {
    client.data(REPORT, json!({ "code": code })).await["departmentReport"].take()
}

/// Has the executive board decide on KSF's report, and the registrar publish it.
async fn decide_and_publish(server: &Server) {
    let (secretary, registrar) = (server.user("secretary-ks").await, server.user("registrar").await);
    let recommended = report(&secretary, "KSF").await;
    let decision = json!({
        "reportId": recommended["id"],
        "reportContentHash": recommended["contentHash"],
        "reportStatus": "DECIDED",
        "stage": "DECISION",
        "body": "Kommunstyrelsen",
        "committeeId": recommended["committee"]["id"],
        "meetingDate": "2018-02-14",
        "items": [{ "text": "Godkänns", "nature": "DECISION", "outcome": "APPROVED" }],
    });
    secretary.done("recordDecision", "decision { id }", decision).await;
    let decided = report(&registrar, "KSF").await;
    let publish = json!({ "id": decided["id"], "expectedVersion": decided["version"] });
    registrar
        .done("publishDepartmentReport", "departmentReport { id }", publish)
        .await;
}

const ACTIONS: &str = "{ departmentReport(departmentCode: \"KSF\", year: 2017) { contentHash
    frozen { followUps { number actions { title withheld { ground } finding { title } } } }
    followUps { number actions { title withheld { ground } } } } }";

async fn frozen_actions_are_withheld_with_their_findings(server: Server) {
    let withheld = |report: &Json| {
        let of = |follow_ups: &Json| {
            let actions = with(follow_ups, "number", 4)["actions"].clone();
            for action in actions.as_array().expect("actions") {
                assert_eq!(action["withheld"].is_null(), !action["title"].is_null(), "{action}");
                assert!(action["withheld"].is_null() || action["finding"].is_null(), "{action}");
            }
            let marked = each(&actions, "withheld").into_iter().filter(|it| !it.is_null());
            marked.map(|it| it["ground"].clone()).collect::<Vec<_>>()
        };
        (of(&report["frozen"]["followUps"]), of(&report["followUps"]))
    };
    let head = server.user("head-ksf").await.data(ACTIONS, json!({})).await["departmentReport"].take();
    assert_eq!(withheld(&head), (vec![], vec![]));
    let eleven = vec![json!("OSL 18 kap. 8 §"); 11];
    for reader in ["coordinator", "member-ks"] {
        let seen = server.user(reader).await.data(ACTIONS, json!({})).await["departmentReport"].take();
        assert_eq!(withheld(&seen), (eleven.clone(), eleven.clone()), "{reader}");
        assert_eq!(seen["contentHash"], head["contentHash"]);
    }
    decide_and_publish(&server).await;
    let seen = server.public().data(ACTIONS, json!({})).await["departmentReport"].take();
    assert_eq!(withheld(&seen), (eleven.clone(), eleven));
}

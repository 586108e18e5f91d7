//! Checks that are performed centrally: registered once, shown in the follow-up of each department.

mod access;
mod migration;
mod registering;
mod showing;

use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::api::{Client, Server, with_title};
use crate::harness::Suite;

pub(crate) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    [
        access::trials(suite),
        migration::trials(suite),
        registering::trials(suite),
        showing::trials(suite),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The title of the shared point that every department of the demonstration has, and of the one that KFF is exempt from.
const CRISIS: &str = "Krishantering";
const PURCHASING: &str = "Inköp";

/// The id of a shared point.
async fn point(client: &Client, title: &str) -> Json {
    let query = "{ controlYear(year: 2017) { sharedPlan { points { point { id title } } } } }";
    let data = client.data(query, json!({})).await;
    with_title(&data["controlYear"]["sharedPlan"]["points"], title)["point"]["id"].clone()
}

/// The id of a department.
async fn department(client: &Client, code: &str) -> Json {
    let query = "query($code: String!) { department(code: $code) { id } }";
    client.data(query, json!({ "code": code })).await["department"]["id"].take()
}

/// A check of a shared point that the coordinator registers for every department.
async fn for_all(server: &Server, title: &str) -> Json {
    let coordinator = server.user("coordinator").await;
    let check = json!({
        "controlPointId": point(&coordinator, title).await,
        "title": "Kontroll för alla",
        "performedBy": "Ekonomiavdelningen",
        "performedOn": { "earliest": "2017-05-01", "latest": "2017-05-31", "text": "maj 2017" },
    });
    let fields = "check { id version central }";
    coordinator.done("registerCentralCheck", fields, check).await["check"].take()
}

const FOLLOW_UP: &str = "query($code: String!) { followUps(filter: { departmentCode: $code, year: 2017 }) {
    nodes { id point { id title } checks { id title version central withheld { ground } attachments { fileName } } } } }";

/// A department's follow-up of a shared point, with its checks.
async fn follow_up(client: &Client, code: &str, title: &str) -> Json {
    let data = client.data(FOLLOW_UP, json!({ "code": code })).await;
    with_title(&data["followUps"]["nodes"], title).clone()
}

/// What a follow-up shows of a check; null when it does not show it.
fn shown(follow_up: &Json, check: &Json) -> Json {
    let checks = follow_up["checks"].as_array().into_iter().flatten();
    checks
        .into_iter()
        .find(|shown| shown["id"] == check["id"])
        .cloned()
        .unwrap_or_default()
}

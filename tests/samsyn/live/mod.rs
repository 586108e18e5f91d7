//! Subscriptions: what somebody follows comes to them when it has changed for them, over WebSocket and by server-sent
//! events.

mod crowd;
mod events;
mod following;
mod language;
mod processes;
mod protocol;
mod reference;
mod rights;
mod socket;
mod streams;

pub(crate) use socket::Socket;

use async_graphql::{Request, Variables};
use chrono::TimeDelta;
use libtest_mimic::Trial;
use samsyn::access::Identity;
use samsyn::graphql::limits::Limits;
use samsyn::graphql::{Caller, Look};
use samsyn::live::Selection;
use samsyn::organisation::find_user;
use samsyn::schema;
use serde_json::{Value as Json, json};
use uuid::Uuid;

use crate::api::{MJOLBY, Server, with};
use crate::harness::Suite;

pub(crate) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    [
        crowd::trials(suite),
        following::trials(suite),
        language::trials(suite),
        processes::trials(suite),
        protocol::trials(suite),
        reference::trials(suite),
        rights::trials(suite),
        streams::trials(suite),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The names of the departments in the joint follow-up.
const JOINT: &str = "subscription($after: String) { jointFollowUp(year: 2017, after: $after) {
    eventId jointFollowUp { departments { code name } } } }";

/// The name of a department in its report.
const REPORT: &str = "subscription($code: String!, $after: String) {
    departmentReport(departmentCode: $code, year: 2017, after: $after) {
        eventId departmentReport { status department { name } } } }";

/// What there is to do.
const WORK: &str =
    "subscription($after: String) { myWork(after: $after) { eventId myWork { totalCount nodes { kind } } } }";

/// The first event of a subscription, as a user of Mjölby sees it, and how many statements it takes.
pub(crate) async fn first_event(server: &Server, username: &str, query: &str, variables: Json) -> (Json, u64) {
    let user = find_user(server.database(), MJOLBY, username)
        .await
        .expect("a database")
        .expect("a user");
    let identity = Identity::User {
        municipality_id: user.municipality_id,
        user_id: user.id,
    };
    let caller = Caller::new(server.gate().clone(), identity, Uuid::now_v7());
    let mut request = Request::new(query).variables(Variables::from_json(variables));
    let selection = Selection::of(&mut request)
        .expect("a document")
        .expect("a subscription");
    let request = selection.request().data(caller).data(Look::first(None));
    let before = server.database().statements();
    let answer = schema::build_live(&Limits::default()).execute(request).await;
    let statements = server.database().statements() - before;
    assert!(answer.is_ok(), "{query}\n{:#?}", answer.errors);
    (answer.data.into_json().expect("JSON"), statements)
}

/// A token of a user of Mjölby.
pub(crate) async fn token(server: &Server, username: &str) -> String {
    server.token(MJOLBY, username, TimeDelta::hours(1)).await
}

/// Gives a department of Mjölby another name: something that whoever sees the department sees.
async fn rename(server: &Server, code: &str, name: &str) {
    let administrator = server.user("administrator").await;
    let query = "{ departments(first: 100) { nodes { id code version } } }";
    let found = administrator.data(query, json!({})).await;
    let department = with(&found["departments"]["nodes"], "code", code);
    let input = json!({ "id": department["id"], "expectedVersion": department["version"], "name": name });
    administrator.done("updateDepartment", "department { id }", input).await;
}

/// The name of a department in an event of the joint follow-up.
fn name_of(event: &Json, code: &str) -> String {
    let joint = &event["jointFollowUp"]["jointFollowUp"];
    let department = with(&joint["departments"], "code", code);
    department["name"].as_str().expect("a name").to_owned()
}

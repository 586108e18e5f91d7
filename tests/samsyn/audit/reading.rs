//! The log in the API.

use libtest_mimic::Trial;
use samsyn::graphql::NodeKind;
use serde_json::{Value as Json, json};

use super::{Log, reads::added};
use crate::api::{Client, Server, each};
use crate::harness::{Suite, trials};

pub(super) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        the_newest_come_first_and_pages_follow,
        the_filters_find_what_they_say,
        reading_the_log_is_an_event,
        every_kind_of_object_has_its_table,
    ]
}

const EVENTS: &str =
    "query Granska($filter: AuditEventFilter, $first: Int, $after: String, $last: Int, $before: String) {
    auditEvents(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
        totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
        nodes { sequence occurredAt actor actorUser { id username } requestId action subjectType subjectId payload
            erased hash } } }";

async fn events(auditor: &Client, variables: Json) -> Json {
    auditor.data(EVENTS, variables).await["auditEvents"].take()
}

fn numbers(page: &Json) -> Vec<i64> {
    let text = each(&page["nodes"], "sequence");
    text.iter()
        .map(|number| number.as_str().expect("text").parse().expect("a number"))
        .collect()
}

async fn the_newest_come_first_and_pages_follow(server: Server) {
    let log = Log::of(&server).await;
    let auditor = server.user("auditor").await;
    let last = log.last().await;
    let page = events(&auditor, json!({ "first": 3 })).await;
    assert_eq!(numbers(&page), [last, last - 1, last - 2]);
    assert_eq!(page["totalCount"], last);
    assert_eq!(
        (&page["pageInfo"]["hasNextPage"], &page["pageInfo"]["hasPreviousPage"]),
        (&json!(true), &json!(false))
    );
    // Reading it added an event; what comes after the cursor stays the same.
    let older = events(&auditor, json!({ "first": 2, "after": page["pageInfo"]["endCursor"] })).await;
    assert_eq!(numbers(&older), [last - 3, last - 4]);
    assert_eq!(older["pageInfo"]["hasPreviousPage"], true);
    let newer = events(
        &auditor,
        json!({ "last": 2, "before": older["pageInfo"]["startCursor"] }),
    )
    .await;
    assert_eq!(numbers(&newer), [last - 1, last - 2]);
    assert_eq!(
        (&newer["pageInfo"]["hasNextPage"], &newer["pageInfo"]["hasPreviousPage"]),
        (&json!(true), &json!(true))
    );
    let oldest = events(&auditor, json!({ "last": 2 })).await;
    assert_eq!(numbers(&oldest), [2, 1]);
    assert_eq!(oldest["pageInfo"]["hasNextPage"], false);
    let (code, message) = auditor.error(EVENTS, json!({ "after": "x" })).await;
    assert!(code == "BAD_REQUEST" && message.contains("`after`"), "{message}");
}

async fn the_filters_find_what_they_say(server: Server) {
    let auditor = server.user("auditor").await;
    let administrator = server.user("administrator").await;
    let user = json!({ "username": "granskad", "name": "Granskad", "email": "granskad@example.org" });
    let user = administrator.done("createUser", "user { id version }", user).await["user"].take();
    let change = json!({ "id": user["id"], "expectedVersion": 1, "name": "Annat namn" });
    administrator.done("updateUser", "user { id }", change).await;
    let found = async |filter: Json| events(&auditor, json!({ "filter": filter })).await;

    let of_subject = found(json!({ "subjectId": user["id"] })).await;
    assert_eq!(
        each(&of_subject["nodes"], "action"),
        ["user_account.changed", "user_account.created"]
    );
    let event = &of_subject["nodes"][0];
    assert_eq!(event["subjectId"], user["id"]);
    assert_eq!(event["actorUser"]["username"], "administrator");
    assert_eq!(event["payload"]["after"]["name"], "Annat namn");
    assert_eq!(
        (&event["erased"], &event["subjectType"]),
        (&json!(false), &json!("user_account"))
    );

    let of_request = found(json!({ "requestId": event["requestId"] })).await;
    assert_eq!(each(&of_request["nodes"], "hash"), [event["hash"].clone()]);
    let of_actor = found(json!({ "actorId": event["actorUser"]["id"], "actions": ["user_account.changed"] })).await;
    assert_eq!(each(&of_actor["nodes"], "hash"), [event["hash"].clone()]);
    let of_both =
        found(json!({ "actions": ["user_account.changed", "user_account.created"], "subjectId": user["id"] })).await;
    assert_eq!(of_both["totalCount"], 2);
    let nobody = found(json!({ "actorId": user["id"] })).await;
    assert_eq!(nobody["totalCount"], 0);
    let day = json!({ "from": "2018-02-15T00:00:00Z", "to": "2018-02-16T00:00:00Z", "subjectId": user["id"] });
    assert_eq!(found(day).await["totalCount"], 2);
    assert_eq!(found(json!({ "to": "2001-01-01T00:00:00Z" })).await["totalCount"], 0);
    for (filter, said) in [
        (json!({ "requestId": "17" }), "x-request-id"),
        (
            json!({ "actorId": NodeKind::Finding.encode(uuid::Uuid::now_v7()) }),
            "a User is needed",
        ),
        (json!({ "subjectId": "x" }), "is not an id of this API"),
    ] {
        let (code, message) = auditor.error(EVENTS, json!({ "filter": filter })).await;
        assert!(code == "BAD_REQUEST" && message.contains(said), "{code}: {message}");
    }
}

async fn reading_the_log_is_an_event(server: Server) {
    let log = Log::of(&server).await;
    let auditor = server.user("auditor").await;
    let query = "{ a: auditEvents(first: 2) { nodes { action } } b: auditEvents(last: 1) { nodes { action } } }";
    let last = log.last().await;
    let (_, events) = added(&log, auditor.data(query, json!({}))).await;
    assert_eq!(events.len(), 1, "{events:?}");
    assert_eq!(
        (&events[0]["action"], &events[0]["actor"]),
        (&json!("audit_log.read"), &json!("auditor"))
    );
    assert_eq!(
        events[0]["payload"]["pages"],
        json!([
            { "newest": last, "oldest": last - 1, "count": 2 },
            { "newest": 1, "oldest": 1, "count": 1 },
        ])
    );
    let (_, events) = added(&log, server.user("coordinator").await.error(query, json!({}))).await;
    assert_eq!(events[0]["action"], "access.refused");
}

/// An event's subject has a global id when its kind has: the names of the tables have to be right.
async fn every_kind_of_object_has_its_table(server: Server) {
    let log = Log::of(&server).await;
    for kind in NodeKind::ALL {
        log.rows(&format!("SELECT 1 FROM {} WHERE 1 = 0", kind.table())).await;
        assert_eq!(NodeKind::of_table(&kind.table()), Some(*kind));
    }
}

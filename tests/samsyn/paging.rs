//! Lists in pages.

use std::collections::BTreeSet;

use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::api::{Client, Server, each};
use crate::harness::{Suite, trials};

pub(crate) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        pages_cover_the_list_once_forwards_and_backwards,
        rows_that_come_meanwhile_neither_repeat_nor_hide_others,
        swedish_names_sort_alike_on_both_databases,
        sizes_and_cursors_are_checked,
        a_cursor_belongs_to_its_order,
    ]
}

const FINDINGS: &str = "query($first: Int, $after: String, $last: Int, $before: String, $orderBy: FindingOrder) {
    findings(first: $first, after: $after, last: $last, before: $before, orderBy: $orderBy) {
        totalCount
        edges { cursor node { id severity withheld { ground } } }
        nodes { id }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
}";

async fn page(client: &Client, variables: Json) -> Json {
    client.data(FINDINGS, variables).await["findings"].take()
}

/// The ids of the whole list, page by page.
async fn walk(client: &Client, size: u32, order: &str) -> Vec<Json> {
    let mut ids = Vec::new();
    let mut after = Json::Null;
    loop {
        let found = page(client, json!({ "first": size, "after": after, "orderBy": order })).await;
        ids.extend(each(&found["nodes"], "id"));
        if found["pageInfo"]["hasNextPage"] == false {
            return ids;
        }
        after = found["pageInfo"]["endCursor"].clone();
    }
}

async fn pages_cover_the_list_once_forwards_and_backwards(server: Server) {
    for username in ["head-ksf", "coordinator"] {
        let client = server.user(username).await;
        for order in ["SEVERITY", "CREATED"] {
            let whole = page(&client, json!({ "first": 100, "orderBy": order })).await;
            let ids = each(&whole["nodes"], "id");
            assert_eq!(whole["totalCount"], ids.len());
            assert_eq!(walk(&client, 4, order).await, ids, "{username} {order}");
            let mut backwards = Vec::new();
            let mut before = Json::Null;
            loop {
                let found = page(&client, json!({ "last": 4, "before": before, "orderBy": order })).await;
                let mut ids = each(&found["nodes"], "id");
                ids.append(&mut backwards);
                backwards = ids;
                if found["pageInfo"]["hasPreviousPage"] == false {
                    break;
                }
                before = found["pageInfo"]["startCursor"].clone();
            }
            assert_eq!(backwards, ids, "{username} {order}");
        }
    }
}

async fn rows_that_come_meanwhile_neither_repeat_nor_hide_others(server: Server) {
    let (head, performer) = (server.user("head-ksf").await, server.user("performer-ksf").await);
    let follow_ups = "{ followUps(filter: { departmentCode: \"KSF\" }) { nodes { id } } }";
    let follow_up = head.data(follow_ups, json!({})).await["followUps"]["nodes"][0]["id"].take();
    let before: BTreeSet<String> = walk(&head, 100, "SEVERITY").await.iter().map(Json::to_string).collect();
    let insert = async {
        for number in 0..20 {
            let severity = if number % 2 == 0 { "CRITICAL" } else { "LOW" };
            let input = json!({ "followUpId": follow_up, "title": format!("Brist {number}"), "severity": severity });
            performer.done("registerFinding", "finding { id }", input).await;
        }
    };
    let ((), seen) = tokio::join!(insert, walk(&head, 1, "SEVERITY"));
    let distinct: BTreeSet<String> = seen.iter().map(Json::to_string).collect();
    assert_eq!(distinct.len(), seen.len(), "a row came twice");
    assert!(distinct.is_superset(&before), "a row was lost");
}

async fn swedish_names_sort_alike_on_both_databases(server: Server) {
    let administrator = server.user("administrator").await;
    for (code, name) in [
        ("Z1", "Öst"),
        ("Z2", "Ånge"),
        ("Z3", "arkiv"),
        ("Z4", "Äldre"),
        ("Z5", "Zon"),
        ("Z6", "Bygg"),
    ] {
        let input = json!({ "code": code, "name": name, "kind": "DEPARTMENT", "position": 100 });
        administrator.done("createDepartment", "department { id }", input).await;
    }
    let mut names = Vec::new();
    let mut after = Json::Null;
    let query = "query($after: String) { departments(first: 2, after: $after) {
        nodes { name position } pageInfo { hasNextPage endCursor } } }";
    loop {
        let found = administrator.data(query, json!({ "after": after })).await["departments"].take();
        names.extend(each(&found["nodes"], "name"));
        if found["pageInfo"]["hasNextPage"] == false {
            break;
        }
        after = found["pageInfo"]["endCursor"].clone();
    }
    assert_eq!(
        names[5..],
        ["arkiv", "Bygg", "Zon", "Ånge", "Äldre", "Öst"].map(Json::from)
    );
}

async fn sizes_and_cursors_are_checked(server: Server) {
    let client = server.user("head-ksf").await;
    for (variables, says) in [
        (json!({ "first": 100_000 }), "0 to 100"),
        (json!({ "first": -1 }), "0 to 100"),
        (json!({ "last": 101 }), "0 to 100"),
        (json!({ "first": 1, "last": 1 }), "not both"),
        (json!({ "after": "nonsense" }), "`after`"),
        (json!({ "before": "W10" }), "`before`"),
    ] {
        let (code, message) = client.error(FINDINGS, variables.clone()).await;
        assert_eq!(code, "BAD_REQUEST", "{variables}");
        assert!(message.contains(says), "{message}");
    }
    let empty = page(&client, json!({ "first": 0 })).await;
    assert_eq!(empty["nodes"], json!([]));
}

async fn a_cursor_belongs_to_its_order(server: Server) {
    let client = server.user("head-ksf").await;
    let found = page(&client, json!({ "first": 1, "orderBy": "SEVERITY" })).await;
    let cursor = &found["pageInfo"]["endCursor"];
    let (code, _) = client
        .error(FINDINGS, json!({ "after": cursor, "orderBy": "CREATED" }))
        .await;
    assert_eq!(code, "BAD_REQUEST");
}

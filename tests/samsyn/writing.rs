//! What every mutation has in common.

use libtest_mimic::Trial;
use sea_orm::{ConnectionTrait, Database, Statement};
use serde_json::{Value as Json, json};

use crate::api::{Client, Server};
use crate::harness::{Suite, trials};

pub(crate) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        a_stale_version_is_refused_with_the_present_one,
        a_repeated_key_answers_with_the_same_object,
        a_repeated_key_is_authorised_anew,
        what_is_left_out_stays_and_null_clears,
        all_problems_are_told_at_once,
        every_change_is_audited_with_what_it_changed,
        a_refused_change_leaves_nothing_behind,
        two_writers_of_one_object_get_one_conflict,
    ]
}

const USER: &str = "user { id version name email }";

async fn new_user(administrator: &Client) -> Json {
    let input = json!({ "username": "somebody", "name": "Någon", "email": "somebody@example.org" });
    administrator.done("createUser", USER, input).await["user"].take()
}

async fn a_stale_version_is_refused_with_the_present_one(server: Server) {
    let administrator = server.user("administrator").await;
    let user = new_user(&administrator).await;
    let change = |name: &str| json!({ "id": user["id"], "expectedVersion": 1, "name": name });
    let changed = administrator.done("updateUser", USER, change("Någon annan")).await;
    assert_eq!(changed["user"]["version"], 2);
    let errors = administrator.refused("updateUser", change("En tredje")).await;
    assert_eq!(errors[0]["code"], "CONFLICT");
    assert_eq!(errors[0]["currentVersion"], 2);
    assert_eq!(errors[0]["path"], json!(["expectedVersion"]));
}

async fn a_repeated_key_answers_with_the_same_object(server: Server) {
    let administrator = server.user("administrator").await;
    let input = json!({ "username": "once", "name": "En gång", "idempotencyKey": "key-1" });
    let first = administrator.done("createUser", USER, input.clone()).await;
    let second = administrator.done("createUser", USER, input).await;
    assert_eq!(first["user"]["id"], second["user"]["id"]);
    let other = json!({ "username": "twice", "name": "Två gånger", "idempotencyKey": "key-1" });
    assert_eq!(administrator.refusal("createUser", other).await, ["CONFLICT"]);
    let null = json!({ "username": "once", "name": "En gång", "email": null, "idempotencyKey": "key-1" });
    assert_eq!(administrator.refusal("createUser", null).await, ["CONFLICT"]);
}

async fn a_repeated_key_is_authorised_anew(server: Server) {
    let administrator = server.user("administrator").await;
    let query = "{ viewer { user { id } roles { id version } } }";
    let coordinator = server.user("coordinator").await;
    let role = coordinator.data(query, json!({})).await["viewer"]["roles"][0].take();
    let input = json!({ "year": 2018, "ratingBasis": "RESULT", "idempotencyKey": "year" });
    coordinator
        .done("createControlYear", "controlYear { id }", input.clone())
        .await;
    let end = json!({ "id": role["id"], "expectedVersion": role["version"], "validTo": "2018-02-14" });
    administrator
        .done("updateRoleAssignment", "roleAssignment { id }", end)
        .await;
    assert_eq!(coordinator.refusal("createControlYear", input).await, ["FORBIDDEN"]);
}

async fn what_is_left_out_stays_and_null_clears(server: Server) {
    let administrator = server.user("administrator").await;
    let user = new_user(&administrator).await;
    let left_out = json!({ "id": user["id"], "expectedVersion": 1, "name": "Ny" });
    let changed = administrator.done("updateUser", USER, left_out).await;
    assert_eq!(changed["user"]["email"], "somebody@example.org");
    let cleared = json!({ "id": user["id"], "expectedVersion": 2, "email": null });
    let changed = administrator.done("updateUser", USER, cleared).await;
    assert_eq!(changed["user"]["email"], Json::Null);
    assert_eq!(changed["user"]["name"], "Ny");
    // An omitted variable is left out, not null.
    let query = "mutation($id: ID!, $email: String) {
        updateUser(input: { id: $id, expectedVersion: 3, name: \"Igen\", email: $email }) { user { name email version } errors { code } } }";
    let set = json!({ "id": user["id"], "expectedVersion": 3, "email": "again@example.org" });
    administrator.done("updateUser", USER, set).await;
    let answer = administrator
        .data(
            &query.replace("expectedVersion: 3", "expectedVersion: 4"),
            json!({ "id": user["id"] }),
        )
        .await;
    assert_eq!(answer["updateUser"]["user"]["email"], "again@example.org");
    let null = json!({ "id": user["id"], "expectedVersion": 5, "name": null });
    let errors = administrator.refused("updateUser", null).await;
    assert_eq!(
        (&errors[0]["code"], &errors[0]["path"]),
        (&json!("INVALID"), &json!(["name"]))
    );
}

async fn all_problems_are_told_at_once(server: Server) {
    let administrator = server.user("administrator").await;
    let input = json!({
        "code": "too-long-code",
        "name": " ",
        "kind": "SECTION",
        "position": -1,
    });
    let errors = administrator.refused("createDepartment", input).await;
    let paths: Vec<&Json> = errors.iter().map(|error| &error["path"][0]).collect();
    assert_eq!(paths, ["code", "name", "position", "parentId"]);
    let long = json!({ "username": "long", "name": "å".repeat(301) });
    let errors = administrator.refused("createUser", long).await;
    assert_eq!(errors[0]["code"], "LIMIT");
    assert!(
        errors[0]["message"]
            .as_str()
            .is_some_and(|text| text.contains("301") && text.contains("300"))
    );
}

/// The municipality's number of rows in a table.
async fn rows(server: &Server, table: &str) -> i64 {
    let connection = Database::connect(server.database_url()).await.expect("a connection");
    let sql = format!("SELECT COUNT(*) AS total FROM {table}");
    let statement = Statement::from_string(connection.get_database_backend(), sql);
    let row = connection
        .query_one_raw(statement)
        .await
        .expect("an answer")
        .expect("a row");
    row.try_get("", "total").expect("a count")
}

async fn every_change_is_audited_with_what_it_changed(server: Server) {
    let administrator = server.user("administrator").await;
    let user = new_user(&administrator).await;
    let before = (rows(&server, "audit_event").await, rows(&server, "outbox_event").await);
    let change = json!({ "id": user["id"], "expectedVersion": 1, "name": "Nytt namn" });
    administrator.done("updateUser", USER, change).await;
    let after = (rows(&server, "audit_event").await, rows(&server, "outbox_event").await);
    assert_eq!(after, (before.0 + 1, before.1 + 1));
    let connection = Database::connect(server.database_url()).await.expect("a connection");
    let sql = "SELECT actor, action, payload FROM audit_event
        WHERE municipality_id = (SELECT id FROM municipality WHERE code = '0586') ORDER BY sequence DESC LIMIT 1";
    let statement = Statement::from_string(connection.get_database_backend(), sql);
    let event = connection
        .query_one_raw(statement)
        .await
        .expect("an answer")
        .expect("an event");
    assert_eq!(event.try_get::<String>("", "actor").expect("an actor"), "administrator");
    assert_eq!(
        event.try_get::<String>("", "action").expect("an action"),
        "user_account.changed"
    );
    let payload: Json = event.try_get("", "payload").expect("a payload");
    assert_eq!(payload["useCase"], "updateUser");
    assert_eq!(payload["before"], json!({ "name": "Någon", "version": 1 }));
    assert_eq!(payload["after"], json!({ "name": "Nytt namn", "version": 2 }));
}

async fn a_refused_change_leaves_nothing_behind(server: Server) {
    let administrator = server.user("administrator").await;
    let tables = ["audit_event", "outbox_event", "department", "idempotency_key"];
    let mut before = Vec::new();
    for table in tables {
        before.push(rows(&server, table).await);
    }
    let taken = json!({ "code": "KSF", "name": "Dubbel", "kind": "DEPARTMENT", "idempotencyKey": "refused" });
    assert_eq!(administrator.refusal("createDepartment", taken).await, ["DUPLICATE"]);
    for (table, before) in tables.into_iter().zip(before) {
        assert_eq!(rows(&server, table).await, before, "{table}");
    }
}

async fn two_writers_of_one_object_get_one_conflict(server: Server) {
    let administrator = server.user("administrator").await;
    let user = new_user(&administrator).await;
    let write = |name: &'static str| {
        let administrator = administrator.clone();
        let input = json!({ "id": user["id"], "expectedVersion": 1, "name": name });
        async move { administrator.mutate("updateUser", USER, input).await["errors"].take() }
    };
    let (one, two) = tokio::join!(write("Ett"), write("Två"));
    let mut outcomes = [one, two];
    outcomes.sort_by_key(|errors| errors.as_array().map(Vec::len));
    assert_eq!(outcomes[0], json!([]));
    assert_eq!(outcomes[1][0]["code"], "CONFLICT");
    assert_eq!(outcomes[1][0]["currentVersion"], 2);
}

//! Checks from before they could show in several follow-ups.

use libtest_mimic::Trial;
use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value as Json, json};

use crate::api::{Client, Server};
use crate::harness::{Suite, trials};

/// How many steps there are from the one that linked checks to follow-ups on.
fn steps_since() -> u32 {
    let steps = Migrator::migrations();
    let later = steps
        .iter()
        .rev()
        .take_while(|step| step.name() != "m0019_central_check");
    u32::try_from(later.count() + 1).expect("a few")
}

pub(super) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![suite, what_was_registered_before_is_where_it_was]
}

async fn everything(client: &Client) -> Json {
    let query = "{ followUps(first: 100) { nodes { id
        checks { id title version followUp { id } attachments { id fileName } }
        findings { id check { id } } } } }";
    client.data(query, json!({})).await["followUps"].take()
}

async fn what_was_registered_before_is_where_it_was(server: Server) {
    let auditor = server.user("auditor").await;
    let performer = server.user("performer-ksf").await;
    let seen = everything(&auditor).await;
    let own = seen["nodes"]
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(|row| row["checks"].as_array().into_iter().flatten());
    let ids: Vec<Json> = own.map(|check| check["id"].clone()).collect();
    assert!(ids.len() > 3);
    let mine = super::follow_up(&performer, "KSF", "Inköp").await;
    performer
        .attached(&mine["checks"][0]["id"], "a.pdf", crate::attachments::PDF)
        .await;
    let before = everything(&auditor).await;
    let connection = sea_orm::Database::connect(server.database_url())
        .await
        .expect("a connection");
    Migrator::down(&connection, Some(steps_since()))
        .await
        .expect("a way back");
    let backend = connection.get_database_backend();
    let sql = "SELECT count(*) AS number FROM control_check WHERE follow_up_id IS NOT NULL";
    let row = connection
        .query_one_raw(Statement::from_string(backend, sql))
        .await
        .expect("an answer")
        .expect("a row");
    let number: i64 = row.try_get("", "number").expect("a number");
    assert_eq!(usize::try_from(number), Ok(ids.len()));
    Migrator::up(&connection, None).await.expect("a way forth");
    assert_eq!(everything(&auditor).await, before);
}

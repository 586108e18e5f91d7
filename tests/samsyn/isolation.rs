//! That every test has a database of its own, with what the template holds.

use libtest_mimic::Trial;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement};

use crate::harness::{Suite, TestDatabase, trials};

pub(crate) fn trials(suite: &Suite<TestDatabase>) -> Vec<Trial> {
    trials![suite, answers, starts_from_the_template, starts_from_the_template_again]
}

pub(crate) async fn prepare(database: TestDatabase) {
    let connection = connect(&database).await;
    for statement in [
        "CREATE TABLE note (text TEXT NOT NULL)",
        "INSERT INTO note VALUES ('from the template')",
    ] {
        connection.execute_unprepared(statement).await.expect("a template");
    }
    connection.close().await.expect("a closed connection");
}

async fn answers(database: TestDatabase) {
    assert_eq!(ask(&connect(&database).await, "SELECT CAST(1 AS BIGINT)").await, 1);
}

async fn starts_from_the_template(database: TestDatabase) {
    adds_the_second_note(database).await;
}

async fn starts_from_the_template_again(database: TestDatabase) {
    adds_the_second_note(database).await;
}

/// Done twice on one database, it would find the other's note.
async fn adds_the_second_note(database: TestDatabase) {
    let connection = connect(&database).await;
    connection
        .execute_unprepared("INSERT INTO note VALUES ('mine')")
        .await
        .expect("a note");
    assert_eq!(ask(&connection, "SELECT count(*) FROM note").await, 2);
}

async fn connect(database: &TestDatabase) -> DatabaseConnection {
    Database::connect(database.url()).await.expect("a connection")
}

async fn ask(connection: &DatabaseConnection, question: &str) -> i64 {
    let question = Statement::from_string(connection.get_database_backend(), question);
    let row = connection
        .query_one_raw(question)
        .await
        .expect("an answer")
        .expect("a row");
    row.try_get_by_index(0).expect("a number")
}

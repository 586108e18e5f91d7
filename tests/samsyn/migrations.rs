//! The schema goes forwards and backwards, with data in it.

use libtest_mimic::Trial;
use samsyn::database::{Database, OpenError};
use sea_orm::{ConnectionTrait, Statement};

use crate::api::{Server, load_demonstration};
use crate::harness::{Suite, trials};

pub(crate) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        back_and_forth_with_data,
        a_newer_schema_is_refused,
        an_older_schema_is_refused_until_migrated,
        a_row_that_points_across_municipalities_is_refused,
    ]
}

async fn back_and_forth_with_data(server: Server) {
    let database = server.database();
    database.revert_schema().await.expect("a way back");
    assert!(matches!(database.check_schema().await, Err(OpenError::Behind { .. })));
    database.migrate().await.expect("a way forth");
    database.check_schema().await.expect("the newest schema");
    // What came back is whole: the demonstration can be loaded into it.
    load_demonstration(server.database_url()).await;
}

async fn execute(server: &Server, sql: &str) -> Result<(), String> {
    let connection = sea_orm::Database::connect(server.database_url())
        .await
        .expect("a connection");
    connection
        .execute_unprepared(sql)
        .await
        .map(drop)
        .map_err(|error| error.to_string())
}

async fn a_newer_schema_is_refused(server: Server) {
    let newer = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_tomorrow', 0)";
    execute(&server, newer).await.expect("a step of tomorrow");
    let database = Database::open(server.database_url()).await.expect("a database");
    for refused in [database.check_schema().await, database.migrate().await] {
        let error = refused.expect_err("a refusal");
        assert!(matches!(error, OpenError::Newer { .. }), "{error}");
        assert!(error.to_string().contains("m9999_tomorrow"), "{error}");
    }
}

async fn an_older_schema_is_refused_until_migrated(server: Server) {
    execute(&server, "DELETE FROM seaql_migrations WHERE version = 'm0009_audit'")
        .await
        .expect("a step less");
    let error = server.database().check_schema().await.expect_err("a refusal");
    assert!(error.to_string().contains("samsyn migrate"), "{error}");
}

async fn a_row_that_points_across_municipalities_is_refused(server: Server) {
    let connection = sea_orm::Database::connect(server.database_url())
        .await
        .expect("a connection");
    // A department of the one, under a department of the other.
    let sql = "UPDATE department SET parent_id = (SELECT id FROM department WHERE code = 'UTB')
        WHERE municipality_id = (SELECT id FROM municipality WHERE code = '0580')";
    let statement = Statement::from_string(connection.get_database_backend(), sql);
    let error = connection
        .execute_raw(statement)
        .await
        .expect_err("a refusal")
        .to_string();
    assert!(error.to_lowercase().contains("foreign key"), "{error}");
}

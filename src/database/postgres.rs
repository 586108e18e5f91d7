//! PostgreSQL.

use super::{OpenError, StoreError, masked};
use sqlx::{Connection, PgConnection, PgPool, Postgres, Transaction, postgres::PgPoolOptions};
use std::time::Duration;

/// How many connections one server process keeps at most.
const CONNECTIONS: u32 = 20;

pub(super) async fn open(url: &str) -> Result<PgPool, OpenError> {
    let refused = |error: sqlx::Error| OpenError::Server {
        url: masked(url),
        reason: error.to_string(),
    };
    // Once without the pool, which would try until its time is up and then know no better reason than that.
    let first = PgConnection::connect(url).await.map_err(refused)?;
    first.close().await.map_err(refused)?;
    PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(Duration::from_secs(5))
        // A ping before each use costs a third of a small query; a broken connection shows in the use itself.
        .test_before_acquire(false)
        .connect(url)
        .await
        .map_err(refused)
}

pub(super) async fn begin_read(pool: &PgPool) -> Result<Transaction<'static, Postgres>, StoreError> {
    Ok(pool
        .begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        .await?)
}

pub(super) async fn begin_write(pool: &PgPool) -> Result<Transaction<'static, Postgres>, StoreError> {
    // Writers of one municipality queue on its audit head, and each statement after that sees all that was committed
    // before: READ COMMITTED is then enough, and nothing has to be tried again.
    Ok(pool.begin_with("BEGIN ISOLATION LEVEL READ COMMITTED").await?)
}

//! PostgreSQL.
//!
//! Two ways in. Sessions are the server's: they act as the role `samsyn_app`, behind the wall between municipalities,
//! whatever else the connection's user may do. The schema is changed, and municipalities are founded, by the connection's
//! user themself, who owns the tables.

use super::{Heard, OpenError, StoreError, masked};
use sqlx::{
    AssertSqlSafe, Connection, Executor, PgConnection, PgPool, Postgres, Transaction,
    postgres::{PgConnectOptions, PgListener, PgPoolOptions},
};
use std::{str::FromStr, time::Duration};
use tokio::sync::mpsc;
use uuid::Uuid;

/// How many connections one server process keeps at most.
const CONNECTIONS: u32 = 20;

/// How long it is waited for a connection.
const PATIENCE: Duration = Duration::from_secs(5);

/// Whether the wall does not hold for the role that asks: row-level security is not for superusers, for roles that bypass
/// it, and for the owners of tables.
const TOO_STRONG: &str = "SELECT rolsuper OR rolbypassrls OR EXISTS (
        SELECT 1 FROM pg_class WHERE relowner = pg_roles.oid AND relnamespace = current_schema()::regnamespace)
    FROM pg_roles WHERE rolname = current_user";

/// The channel that changes are announced on.
const CHANNEL: &str = "samsyn_events";

/// Announces a change on [`CHANNEL`] when its transaction is committed.
pub(super) const ANNOUNCE: &str = "SELECT pg_notify('samsyn_events', $1)";

/// How long it is waited before it is listened anew after a failure.
const LISTEN_ANEW: Duration = Duration::from_secs(1);

/// The pools of one database.
#[derive(Clone, Debug)]
pub(super) struct Pools {
    sessions: PgPool,
    owner: PgPool,
}

pub(super) async fn open(url: &str) -> Result<Pools, OpenError> {
    let refused = |error: sqlx::Error| OpenError::Server {
        url: masked(url),
        reason: error.to_string(),
    };
    let options = PgConnectOptions::from_str(url).map_err(refused)?;
    // Once without a pool, which would try until its time is up and then know no better reason than that.
    let first = PgConnection::connect_with(&options).await.map_err(refused)?;
    first.close().await.map_err(refused)?;
    let pool = || {
        PgPoolOptions::new()
            .acquire_timeout(PATIENCE)
            // A ping before each use costs a third of a small query; a broken connection shows in the use itself.
            .test_before_acquire(false)
    };
    // Lazily: before the first migration there is no such role.
    let sessions = pool()
        .max_connections(CONNECTIONS)
        .after_connect(|connection, _| {
            Box::pin(async move {
                connection.execute("SET ROLE samsyn_app").await?;
                Ok(())
            })
        })
        .connect_lazy_with(options.clone());
    let owner = pool()
        .max_connections(1)
        .idle_timeout(Duration::from_secs(10))
        .connect_lazy_with(options);
    Ok(Pools { sessions, owner })
}

impl Pools {
    /// The pool whose connections act as the server's role.
    pub(super) fn sessions(&self) -> &PgPool {
        &self.sessions
    }

    /// The pool whose connection acts as its own user.
    pub(super) fn owner(&self) -> &PgPool {
        &self.owner
    }

    pub(super) async fn begin_read(&self, municipality_id: Uuid) -> Result<Transaction<'static, Postgres>, StoreError> {
        begin(&self.sessions, "REPEATABLE READ READ ONLY", municipality_id).await
    }

    pub(super) async fn begin_write(
        &self,
        municipality_id: Uuid,
    ) -> Result<Transaction<'static, Postgres>, StoreError> {
        // Writers of one municipality queue on its audit head, and each statement after that sees all that was committed
        // before: READ COMMITTED is then enough, and nothing has to be tried again.
        begin(&self.sessions, "READ COMMITTED", municipality_id).await
    }

    pub(super) async fn begin_as_owner(&self) -> Result<Transaction<'static, Postgres>, StoreError> {
        Ok(self.owner.begin_with("BEGIN ISOLATION LEVEL READ COMMITTED").await?)
    }

    /// The schema's steps that were taken. Only reads: the migrator's own question would make its table first.
    pub(super) async fn applied_steps(&self) -> Result<Vec<String>, StoreError> {
        const MIGRATED: &str = "SELECT to_regclass('seaql_migrations') IS NOT NULL";
        if !sqlx::query_scalar::<_, bool>(MIGRATED).fetch_one(&self.owner).await? {
            return Ok(Vec::new());
        }
        Ok(sqlx::query_scalar("SELECT version FROM seaql_migrations")
            .fetch_all(&self.owner)
            .await?)
    }

    /// Whether the connection's user may act as the server's role, and that role is behind the wall.
    pub(super) async fn check_role(&self, url: &str) -> Result<(), OpenError> {
        let refused = |error: sqlx::Error| OpenError::Role {
            url: url.to_owned(),
            reason: error.to_string(),
        };
        let mut session = self.sessions.acquire().await.map_err(refused)?;
        let too_strong: bool = sqlx::query_scalar(TOO_STRONG)
            .fetch_one(&mut *session)
            .await
            .map_err(refused)?;
        if too_strong {
            return Err(OpenError::RoleTooStrong { url: url.to_owned() });
        }
        Ok(())
    }

    /// Hears what others announce, on a connection of its own, until nobody wants to know.
    pub(super) async fn listen(self, told: mpsc::Sender<Heard>) {
        while let Err(error) = self.hear(&told).await {
            tracing::warn!(%error, "changes by other processes are not heard at the moment: they are looked for");
            tokio::time::sleep(LISTEN_ANEW).await;
        }
    }

    async fn hear(&self, told: &mpsc::Sender<Heard>) -> Result<(), sqlx::Error> {
        let options = PgConnectOptions::clone(&self.sessions.connect_options()).application_name("samsyn listener");
        let connection = PgPoolOptions::new()
            .max_connections(1)
            .max_lifetime(None)
            .idle_timeout(None)
            .acquire_timeout(PATIENCE)
            .connect_lazy_with(options);
        let mut listener = PgListener::connect_with(&connection).await?;
        listener.listen(CHANNEL).await?;
        // What was stored before it listened, or while the connection was gone.
        let mut heard = Heard::Perhaps;
        while told.send(heard).await.is_ok() {
            let notification = listener.try_recv().await?;
            let stored = notification.and_then(|notification| notification.payload().parse().ok());
            heard = stored.map_or(Heard::Perhaps, Heard::Stored);
        }
        Ok(())
    }

    pub(super) async fn close(&self) {
        self.sessions.close().await;
        self.owner.close().await;
    }
}

/// Begins a transaction and says which municipality it is about, in one round trip. The setting ends with it.
async fn begin(
    pool: &PgPool,
    isolation: &str,
    municipality_id: Uuid,
) -> Result<Transaction<'static, Postgres>, StoreError> {
    let statement =
        format!("BEGIN ISOLATION LEVEL {isolation}; SET LOCAL samsyn.municipality_id = '{municipality_id}'");
    // Nothing in it comes from outside: a constant of this file, and a UUID.
    Ok(pool.begin_with(AssertSqlSafe(statement)).await?)
}

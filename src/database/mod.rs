//! The database: pools, sessions and the differences between the two kinds.
//!
//! Nothing outside this room knows whether it talks to SQLite or PostgreSQL.
//! Tenant data is reached only through what `access` makes of a [`Session`]:
//! a `Reader`, or a use case's `Transaction`.

mod address;
mod changes;
mod dialect;
mod error;
mod insert;
mod keyset;
mod postgres;
mod session;
mod sqlite;
mod tenant;

pub use address::masked;
pub(crate) use changes::{Heard, Listener, Stored};
pub use dialect::any_of;
pub(crate) use dialect::{ids_as_text, ids_in_text, last_day_of_year};
pub use error::{OpenError, StoreError};
pub(crate) use insert::insert_all;
pub use keyset::{Cursor, Page, PageError, Slice, SortKey};
pub(crate) use keyset::{count, count_of, counted_page, page, page_of};
pub use session::Session;
pub(crate) use tenant::reference;
pub use tenant::{Tenant, TenantTable};

use changes::Announcer;
use entity::municipality;
use migration::{Migrator, MigratorTrait};
use sea_orm::{DatabaseConnection, EntityTrait, QueryOrder, SqlxPostgresConnector, SqlxSqliteConnector};
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};
use uuid::Uuid;

/// An open database: SQLite in one file, or PostgreSQL.
#[derive(Clone, Debug)]
pub struct Database {
    url: Arc<str>,
    pools: Pools,
    statements: Arc<AtomicU64>,
    announcer: Announcer,
}

#[derive(Clone, Debug)]
enum Pools {
    Sqlite(sqlite::Pools),
    Postgres(postgres::Pools),
}

impl Database {
    /// Opens the database at `url`: `sqlite://path/to/file` (made when it is not there) or `postgres://...`.
    ///
    /// # Errors
    /// When the URL has another scheme, the file cannot be written, or the server cannot be reached.
    pub async fn open(url: &str) -> Result<Self, OpenError> {
        Self::open_or_make(url, true).await
    }

    /// [`Self::open`], of a database that is to be there already.
    ///
    /// # Errors
    /// Also when there is no such file.
    pub async fn open_existing(url: &str) -> Result<Self, OpenError> {
        Self::open_or_make(url, false).await
    }

    async fn open_or_make(url: &str, make: bool) -> Result<Self, OpenError> {
        let pools = if url.starts_with("sqlite://") {
            Pools::Sqlite(sqlite::open(url, make).await?)
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Pools::Postgres(postgres::open(url).await?)
        } else {
            return Err(OpenError::Scheme { url: masked(url) });
        };
        Ok(Self {
            url: masked(url).into(),
            pools,
            statements: Arc::default(),
            announcer: Announcer::default(),
        })
    }

    /// Brings the schema to this program's version.
    ///
    /// # Errors
    /// When a migration fails, or the database was migrated by a newer version of the program.
    pub async fn migrate(&self) -> Result<(), OpenError> {
        self.refuse_newer_schema().await?;
        Migrator::up(&self.connection(), None).await?;
        Ok(())
    }

    /// Whether the schema is exactly the one this program was made for, and the server can work on it.
    ///
    /// # Errors
    /// When it is older or newer, or the connection's user may not act as the server's role; the message says what to do.
    pub async fn check_schema(&self) -> Result<(), OpenError> {
        if let Err(error) = self.refuse_newer_schema().await {
            // Who may not read the steps may not work as the server either, which says what to do.
            if let Pools::Postgres(pools) = &self.pools {
                pools.check_role(&self.url).await?;
            }
            return Err(error);
        }
        let applied = self.applied_steps().await?;
        let known = Migrator::migrations();
        let pending = known
            .iter()
            .filter(|step| !applied.iter().any(|name| name == step.name()));
        match pending.count() {
            0 => match &self.pools {
                Pools::Sqlite(_) => Ok(()),
                Pools::Postgres(pools) => pools.check_role(&self.url).await,
            },
            pending => Err(OpenError::Behind { pending }),
        }
    }

    async fn refuse_newer_schema(&self) -> Result<(), OpenError> {
        let known = Migrator::migrations();
        // Asked before the migrator is: it answers an unknown step with advice that fits no operator.
        let unknown: Vec<String> = self
            .applied_steps()
            .await?
            .into_iter()
            .filter(|applied| !known.iter().any(|step| step.name() == applied))
            .collect();
        if unknown.is_empty() {
            Ok(())
        } else {
            Err(OpenError::Newer {
                steps: unknown.join(", "),
            })
        }
    }

    /// The steps that the schema has had. Only reads, as the server's own user may.
    async fn applied_steps(&self) -> Result<Vec<String>, OpenError> {
        Ok(match &self.pools {
            Pools::Sqlite(pools) => pools.applied_steps().await?,
            Pools::Postgres(pools) => pools.applied_steps().await?,
        })
    }

    /// Takes every schema step back, and all data with it.
    ///
    /// # Errors
    /// When a step fails.
    pub async fn revert_schema(&self) -> Result<(), OpenError> {
        Ok(Migrator::down(&self.connection(), None).await?)
    }

    /// A read session of a municipality's: one snapshot, read only, for as long as it lives. On PostgreSQL nothing of
    /// another municipality is there for it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn read(&self, municipality_id: Uuid) -> Result<Session, StoreError> {
        let counter = Arc::clone(&self.statements);
        Ok(match &self.pools {
            Pools::Sqlite(pools) => Session::sqlite(pools.begin_read().await?, counter),
            Pools::Postgres(pools) => Session::postgres(pools.begin_read(municipality_id).await?, counter),
        })
    }

    /// A write session of a municipality's: nothing is stored before [`Session::commit`].
    ///
    /// # Errors
    /// When the database fails.
    pub async fn write(&self, municipality_id: Uuid) -> Result<Session, StoreError> {
        let counter = Arc::clone(&self.statements);
        Ok(match &self.pools {
            Pools::Sqlite(pools) => Session::sqlite(pools.begin_write().await?, counter),
            Pools::Postgres(pools) => Session::postgres(pools.begin_write(municipality_id).await?, counter),
        }
        .announcing(self.announcer.clone()))
    }

    /// A write session of the operator's, as the owner of the tables and in front of the wall: for founding
    /// municipalities and what else nobody can do through the API.
    pub(crate) async fn write_as_owner(&self) -> Result<Session, StoreError> {
        let counter = Arc::clone(&self.statements);
        Ok(match &self.pools {
            Pools::Sqlite(pools) => Session::sqlite(pools.begin_write().await?, counter),
            Pools::Postgres(pools) => Session::postgres(pools.begin_as_owner().await?, counter),
        }
        .announcing(self.announcer.clone()))
    }

    /// Listens for what is stored, by this process and by others, until the listener is dropped.
    pub(crate) fn listen(&self) -> Listener {
        match &self.pools {
            Pools::Sqlite(pools) => self.announcer.listen(|told| pools.clone().listen(told)),
            Pools::Postgres(pools) => self.announcer.listen(|told| pools.clone().listen(told)),
        }
    }

    /// The municipalities, by code: what has no wall.
    pub(crate) async fn municipalities(&self) -> Result<Vec<municipality::Model>, StoreError> {
        let connection = match &self.pools {
            Pools::Sqlite(pools) => SqlxSqliteConnector::from_sqlx_sqlite_pool(pools.reader().clone()),
            Pools::Postgres(pools) => SqlxPostgresConnector::from_sqlx_postgres_pool(pools.sessions().clone()),
        };
        Ok(municipality::Entity::find()
            .order_by_asc(municipality::Column::Code)
            .all(&connection)
            .await?)
    }

    /// How many statements sessions have sent since the database was opened, their beginnings and ends included.
    #[must_use]
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// The role that a session acts as; `None` where there are no roles.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn session_role(&self) -> Result<Option<String>, StoreError> {
        match &self.pools {
            Pools::Sqlite(_) => Ok(None),
            Pools::Postgres(pools) => Ok(Some(
                sqlx::query_scalar("SELECT current_user::text")
                    .fetch_one(pools.sessions())
                    .await?,
            )),
        }
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        let connection = match &self.pools {
            Pools::Sqlite(pools) => SqlxSqliteConnector::from_sqlx_sqlite_pool(pools.writer().clone()),
            Pools::Postgres(pools) => SqlxPostgresConnector::from_sqlx_postgres_pool(pools.sessions().clone()),
        };
        connection.ping().await?;
        Ok(())
    }

    /// Closes every connection; on SQLite the write-ahead log goes into the file.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite(pools) => pools.close().await,
            Pools::Postgres(pools) => pools.close().await,
        }
    }

    /// A connection for what works on the schema, as the connection's own user.
    fn connection(&self) -> DatabaseConnection {
        match &self.pools {
            Pools::Sqlite(pools) => SqlxSqliteConnector::from_sqlx_sqlite_pool(pools.writer().clone()),
            Pools::Postgres(pools) => SqlxPostgresConnector::from_sqlx_postgres_pool(pools.owner().clone()),
        }
    }
}

//! The database: pools, sessions and the differences between the two kinds.
//!
//! Nothing outside this room knows whether it talks to SQLite or PostgreSQL.
//! Tenant data is reached only through what `access` makes of a [`Session`]:
//! a `Reader`, or a use case's `Transaction`.

mod address;
mod dialect;
mod error;
mod insert;
mod keyset;
mod postgres;
mod session;
mod sqlite;
mod tenant;

pub use address::masked;
pub use dialect::any_of;
pub(crate) use dialect::{ids_as_text, ids_in_text};
pub use error::{OpenError, StoreError};
pub(crate) use insert::insert_all;
pub use keyset::{Cursor, Page, PageError, Slice, SortKey};
pub(crate) use keyset::{count, count_of, page, page_of};
pub use session::Session;
pub(crate) use tenant::reference;
pub use tenant::{Tenant, TenantTable};

use migration::{Migrator, MigratorTrait};
use sea_orm::{DatabaseConnection, SqlxPostgresConnector, SqlxSqliteConnector};
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

/// An open database: SQLite in one file, or PostgreSQL.
#[derive(Clone, Debug)]
pub struct Database {
    pools: Pools,
    statements: Arc<AtomicU64>,
}

#[derive(Clone, Debug)]
enum Pools {
    Sqlite(sqlite::Pools),
    Postgres(sqlx::PgPool),
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
            pools,
            statements: Arc::default(),
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

    /// Whether the schema is exactly the one this program was made for.
    ///
    /// # Errors
    /// When it is older or newer; the message says what to do.
    pub async fn check_schema(&self) -> Result<(), OpenError> {
        self.refuse_newer_schema().await?;
        let pending = Migrator::get_pending_migrations(&self.connection()).await?;
        match pending.len() {
            0 => Ok(()),
            pending => Err(OpenError::Behind { pending }),
        }
    }

    async fn refuse_newer_schema(&self) -> Result<(), OpenError> {
        let known: Vec<String> = Migrator::migrations()
            .iter()
            .map(|step| step.name().to_owned())
            .collect();
        let connection = self.connection();
        // Asked before the migrator is: it answers an unknown step with advice that fits no operator.
        Migrator::install(&connection).await?;
        let unknown: Vec<String> = Migrator::get_migration_models(&connection)
            .await?
            .into_iter()
            .map(|applied| applied.version)
            .filter(|version| !known.contains(version))
            .collect();
        if unknown.is_empty() {
            Ok(())
        } else {
            Err(OpenError::Newer {
                steps: unknown.join(", "),
            })
        }
    }

    /// Takes every schema step back, and all data with it.
    ///
    /// # Errors
    /// When a step fails.
    pub async fn revert_schema(&self) -> Result<(), OpenError> {
        Ok(Migrator::down(&self.connection(), None).await?)
    }

    /// A read session: one snapshot, read only, for as long as it lives.
    pub(crate) async fn read(&self) -> Result<Session, StoreError> {
        let counter = Arc::clone(&self.statements);
        Ok(match &self.pools {
            Pools::Sqlite(pools) => Session::sqlite(pools.begin_read().await?, counter),
            Pools::Postgres(pool) => Session::postgres(postgres::begin_read(pool).await?, counter),
        })
    }

    /// A write session: nothing is stored before [`Session::commit`].
    pub(crate) async fn write(&self) -> Result<Session, StoreError> {
        let counter = Arc::clone(&self.statements);
        Ok(match &self.pools {
            Pools::Sqlite(pools) => Session::sqlite(pools.begin_write().await?, counter),
            Pools::Postgres(pool) => Session::postgres(postgres::begin_write(pool).await?, counter),
        })
    }

    /// A write session of the operator's, as the user that the address names: for what the server itself may not do,
    /// such as changing an audit event.
    pub(crate) async fn write_as_owner(&self) -> Result<Session, StoreError> {
        self.write().await
    }

    /// How many statements sessions have sent since the database was opened, their beginnings and ends included.
    #[must_use]
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.connection().ping().await?;
        Ok(())
    }

    /// Closes every connection; on SQLite the write-ahead log goes into the file.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite(pools) => pools.close().await,
            Pools::Postgres(pool) => pool.close().await,
        }
    }

    /// A plain connection for what works on the schema and not on tenant data.
    fn connection(&self) -> DatabaseConnection {
        match &self.pools {
            Pools::Sqlite(pools) => SqlxSqliteConnector::from_sqlx_sqlite_pool(pools.writer().clone()),
            Pools::Postgres(pool) => SqlxPostgresConnector::from_sqlx_postgres_pool(pool.clone()),
        }
    }
}

use super::{StoreError, Stored, changes::Announcer, postgres::ANNOUNCE};
use sea_orm::{
    ConnectionTrait, DbBackend, DbErr, EntityName, ExecResult, QueryResult, RuntimeErr, Statement, sea_query::Values,
};
use sea_query_sqlx::SqlxValues;
use sqlx::{AssertSqlSafe, Executor, Postgres, Sqlite, Transaction};
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};
use tokio::sync::Mutex;

/// One transaction on one connection. Dropping it rolls back.
///
/// It is its own [`ConnectionTrait`] because SeaORM's stock transaction needs five round trips on PostgreSQL where
/// this one needs one, and because it counts the statements it sends.
#[derive(Debug)]
pub struct Session {
    transaction: Held,
    statements: Arc<AtomicU64>,
    announcer: Option<Announcer>,
    /// What others are told of once it is stored.
    announced: Option<Stored>,
}

#[derive(Debug)]
enum Held {
    Sqlite(Mutex<Transaction<'static, Sqlite>>),
    Postgres(Mutex<Transaction<'static, Postgres>>),
}

/// Runs `$call` on the held transaction, whichever database it is of.
macro_rules! on_held {
    ($session:expr, $transaction:ident => $call:expr) => {{
        $session.count();
        match &$session.transaction {
            Held::Sqlite(held) => {
                let $transaction = &mut **held.lock().await;
                $call.map(Into::into).map_err(query_error)
            }
            Held::Postgres(held) => {
                let $transaction = &mut **held.lock().await;
                $call.map(Into::into).map_err(query_error)
            }
        }
    }};
}

impl Session {
    pub(super) fn sqlite(transaction: Transaction<'static, Sqlite>, statements: Arc<AtomicU64>) -> Self {
        Self::begun(Held::Sqlite(Mutex::new(transaction)), statements)
    }

    pub(super) fn postgres(transaction: Transaction<'static, Postgres>, statements: Arc<AtomicU64>) -> Self {
        Self::begun(Held::Postgres(Mutex::new(transaction)), statements)
    }

    fn begun(transaction: Held, statements: Arc<AtomicU64>) -> Self {
        let session = Self {
            transaction,
            statements,
            announcer: None,
            announced: None,
        };
        session.count();
        session
    }

    /// The session of a writer, who has somebody to tell.
    pub(super) fn announcing(self, announcer: Announcer) -> Self {
        Self {
            announcer: Some(announcer),
            ..self
        }
    }

    /// Tells others, in every process, of what the transaction stores: not before it is stored, and not without.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn announce(&mut self, stored: Stored) -> Result<(), StoreError> {
        if self.get_database_backend() == DbBackend::Postgres {
            let values = [stored.to_string().into()];
            self.execute_raw(Statement::from_sql_and_values(DbBackend::Postgres, ANNOUNCE, values))
                .await?;
        }
        self.announced = Some(stored);
        Ok(())
    }

    fn count(&self) {
        self.statements.fetch_add(1, Ordering::Relaxed);
    }

    /// Waits until no other transaction changes the table, and keeps others from it until this one ends. SQLite has one
    /// writer anyway.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn change_alone(&self, table: impl EntityName) -> Result<(), StoreError> {
        if self.get_database_backend() == DbBackend::Postgres {
            let lock = format!("LOCK TABLE {} IN SHARE ROW EXCLUSIVE MODE", table.table_name());
            self.execute_unprepared(&lock).await?;
        }
        Ok(())
    }

    /// Makes everything that was written in it last.
    ///
    /// # Errors
    /// When the database could not store it; nothing of it is stored then.
    pub async fn commit(self) -> Result<(), StoreError> {
        self.count();
        match self.transaction {
            Held::Sqlite(held) => held.into_inner().commit().await?,
            Held::Postgres(held) => held.into_inner().commit().await?,
        }
        if let (Some(announcer), Some(stored)) = (self.announcer, self.announced) {
            announcer.tell(stored);
        }
        Ok(())
    }
}

fn query_error(error: sqlx::Error) -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(Arc::new(error)))
}

fn parts(statement: Statement) -> (AssertSqlSafe<String>, SqlxValues) {
    // The text is SeaQuery's, or a literal of this program's with its values beside it.
    let values = statement.values.unwrap_or(Values(Vec::new()));
    (AssertSqlSafe(statement.sql), SqlxValues(values))
}

#[async_trait::async_trait]
impl ConnectionTrait for Session {
    fn get_database_backend(&self) -> DbBackend {
        match self.transaction {
            Held::Sqlite(_) => DbBackend::Sqlite,
            Held::Postgres(_) => DbBackend::Postgres,
        }
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        let (sql, values) = parts(statement);
        on_held!(self, tx => sqlx::query_with(sql, values).execute(tx).await)
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        on_held!(self, tx => tx.execute(AssertSqlSafe(sql.to_owned())).await)
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        let (sql, values) = parts(statement);
        on_held!(self, tx => sqlx::query_with(sql, values).fetch_optional(tx).await.map(Wrapped))
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let (sql, values) = parts(statement);
        on_held!(self, tx => sqlx::query_with(sql, values).fetch_all(tx).await.map(Wrapped))
    }
}

/// Rows of either database on their way to SeaORM's own row.
struct Wrapped<R>(R);

impl<R: Into<QueryResult>> From<Wrapped<Option<R>>> for Option<QueryResult> {
    fn from(Wrapped(row): Wrapped<Option<R>>) -> Self {
        row.map(Into::into)
    }
}

impl<R: Into<QueryResult>> From<Wrapped<Vec<R>>> for Vec<QueryResult> {
    fn from(Wrapped(rows): Wrapped<Vec<R>>) -> Self {
        rows.into_iter().map(Into::into).collect()
    }
}

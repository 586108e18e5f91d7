//! The audit log: that it says what happened, and that nobody can make it say something else unnoticed.

mod commands;
mod outside;
mod reading;
mod reads;
mod refusals;
mod tamper;
mod tampering;

use libtest_mimic::Trial;
use samsyn::audit::{AuditKey, BrokenLink, KeptHead, KeptHeads, Unbroken, kept_line, verify};
use samsyn::organisation::municipalities;
use sea_orm::ActiveValue::Set;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, EntityTrait, QueryResult, Statement};

use crate::api::{AUDIT_SEED, MJOLBY, Server};
use crate::harness::Suite;
pub(crate) use commands::with_key;
pub(crate) use outside::exported;
pub(crate) use reads::added;
pub(crate) use tamper::{closed, copied, opened, swapped};

pub(crate) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    [
        commands::trials(suite),
        outside::trials(suite),
        reading::trials(suite),
        reads::trials(suite),
        refusals::trials(suite),
        tampering::trials(suite),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The log of Mjölby, with the database at hand as somebody has it who can do everything there.
pub(crate) struct Log {
    pub(crate) server: Server,
    database: DatabaseConnection,
    pub(crate) municipality: entity::municipality::Model,
}

/// Mjölby's rows.
const OF_MJOLBY: &str = "municipality_id = (SELECT id FROM municipality WHERE code = '0586')";

impl Log {
    pub(crate) async fn of(server: &Server) -> Self {
        let found = municipalities(server.database()).await.expect("municipalities");
        Self {
            server: server.clone(),
            database: Database::connect(server.database_url()).await.expect("a connection"),
            municipality: found.into_iter().find(|it| it.code == MJOLBY).expect("Mjölby"),
        }
    }

    fn is_sqlite(&self) -> bool {
        self.database.get_database_backend() == DbBackend::Sqlite
    }

    /// Carries out statements, in which `OURS` stands for the condition that a row is Mjölby's.
    pub(crate) async fn sql(&self, statements: &str) {
        for statement in statements.split(';').filter(|text| !text.trim().is_empty()) {
            let statement = statement.replace("OURS", OF_MJOLBY);
            let done = self.database.execute_unprepared(&statement).await;
            done.unwrap_or_else(|error| panic!("{statement}: {error}"));
        }
    }

    /// How many uploads are announced.
    pub(crate) async fn announced(&self) -> i64 {
        let rows = self
            .rows("SELECT count(*) AS announced FROM loose_object WHERE OURS")
            .await;
        rows[0].try_get("", "announced").expect("a number")
    }

    /// Announces an upload, as the program does before it receives one.
    pub(crate) async fn announce(&self, id: uuid::Uuid) {
        let row = entity::loose_object::ActiveModel {
            municipality_id: Set(self.municipality.id),
            id: Set(id),
            since: Set(chrono::Utc::now()),
            doomed: Set(false),
        };
        let insert = entity::loose_object::Entity::insert(row);
        insert
            .exec_without_returning(&self.database)
            .await
            .expect("an announcement");
    }

    /// Rows of a query.
    async fn rows(&self, query: &str) -> Vec<QueryResult> {
        let query = query.replace("OURS", OF_MJOLBY);
        let statement = Statement::from_string(self.database.get_database_backend(), query);
        self.database.query_all_raw(statement).await.expect("rows")
    }

    /// The number of the last event.
    async fn last(&self) -> i64 {
        let rows = self.rows("SELECT sequence FROM audit_head WHERE OURS").await;
        rows[0].try_get("", "sequence").expect("a number")
    }

    pub(crate) async fn verify(&self, kept: &[KeptHead]) -> Result<Unbroken, BrokenLink> {
        let keys = [AuditKey::from_seed(&AUDIT_SEED).public()];
        let found = verify(self.server.database(), self.municipality.id, &keys, kept).await;
        found.expect("a database")
    }

    /// The head as it would be kept outside.
    async fn head(&self) -> KeptHead {
        let line = kept_line(self.server.database(), &self.municipality, None).await;
        let line = line.expect("a database").expect("a head");
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), line).expect("a file");
        let heads = KeptHeads::in_file(&file.path().display().to_string()).expect("a head");
        heads.0.into_iter().next().expect("a head")
    }
}

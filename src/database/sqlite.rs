//! SQLite: one writer, several readers, write-ahead log.

use super::{Heard, OpenError, StoreError};
use sqlx::{
    ConnectOptions, Sqlite, SqlitePool, Transaction,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{fs, io, path::Path, str::FromStr, time::Duration};
use tokio::sync::mpsc;

/// How many readers work at once. Readers never wait for the writer, only for each other.
const READERS: u32 = 4;

/// How often it is looked whether another process has changed the file. It costs no more than a look into shared memory.
const WATCH: Duration = Duration::from_millis(200);

/// How long it is waited before the file is watched anew after a failure.
const WATCH_ANEW: Duration = Duration::from_secs(1);

/// The two pools of one file. SQLite takes one writer at a time: a pool of one makes them queue here, in order,
/// instead of failing when the file is locked.
#[derive(Clone, Debug)]
pub(super) struct Pools {
    writer: SqlitePool,
    reader: SqlitePool,
}

/// Opens the file that `url` names, as in `sqlite://data/samsyn.db`. With `make`, it is made when it is not there.
pub(super) async fn open(url: &str, make: bool) -> Result<Pools, OpenError> {
    let options = SqliteConnectOptions::from_str(url).map_err(|error| OpenError::File {
        path: url.to_owned(),
        reason: error.to_string(),
    })?;
    let path = options.get_filename().to_owned();
    let file = |reason: String| OpenError::File {
        path: path.display().to_string(),
        reason,
    };
    if !make && !path.exists() {
        return Err(OpenError::Missing {
            path: path.display().to_string(),
        });
    }
    if make {
        make_private(&path).map_err(|error| file(error.to_string()))?;
    }
    let options = options
        .journal_mode(SqliteJournalMode::Wal)
        // FULL: an acknowledged change survives a power cut.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5))
        .pragma("trusted_schema", "OFF")
        .optimize_on_close(true, None);
    let writer = SqlitePoolOptions::new()
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .connect_with(options.clone())
        .await
        .map_err(|error| file(error.to_string()))?;
    // Found out now, and not by the first user: a file that is there but may not be written.
    let probe = writer.begin_with("BEGIN IMMEDIATE").await;
    let probe = probe.map_err(|error| file(error.to_string()))?;
    drop(probe);
    let reader = SqlitePoolOptions::new()
        .max_connections(READERS)
        .test_before_acquire(false)
        .connect_with(options.pragma("query_only", "ON"))
        .await
        .map_err(|error| file(error.to_string()))?;
    Ok(Pools { writer, reader })
}

/// Makes the file, for its owner's eyes only, when it is not there: what it holds is confidential in part.
fn make_private(path: &Path) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut options = fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path).map(drop)
}

impl Pools {
    pub(super) fn writer(&self) -> &SqlitePool {
        &self.writer
    }

    pub(super) fn reader(&self) -> &SqlitePool {
        &self.reader
    }

    /// The schema's steps that were taken. Only reads: the migrator's own question would make its table first.
    pub(super) async fn applied_steps(&self) -> Result<Vec<String>, StoreError> {
        const MIGRATED: &str =
            "SELECT COUNT(*) > 0 FROM sqlite_master WHERE type = 'table' AND name = 'seaql_migrations'";
        if !sqlx::query_scalar::<_, bool>(MIGRATED).fetch_one(&self.writer).await? {
            return Ok(Vec::new());
        }
        Ok(sqlx::query_scalar("SELECT version FROM seaql_migrations")
            .fetch_all(&self.writer)
            .await?)
    }

    pub(super) async fn begin_read(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        Ok(self.reader.begin_with("BEGIN DEFERRED").await?)
    }

    pub(super) async fn begin_write(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        // IMMEDIATE: a transaction that reads first and writes later would fail if another wrote in between.
        Ok(self.writer.begin_with("BEGIN IMMEDIATE").await?)
    }

    /// Hears that the file was changed, by whomever, until nobody wants to know.
    pub(super) async fn listen(self, told: mpsc::Sender<Heard>) {
        while let Err(error) = self.watch(&told).await {
            tracing::warn!(%error, "the database file is not watched at the moment");
            tokio::time::sleep(WATCH_ANEW).await;
        }
    }

    /// The number that `data_version` answers changes when another connection has changed the file.
    async fn watch(&self, told: &mpsc::Sender<Heard>) -> Result<(), sqlx::Error> {
        let mut connection = self.reader.connect_options().connect().await?;
        let mut known = None;
        let mut ticks = tokio::time::interval(WATCH);
        loop {
            ticks.tick().await;
            let version: i64 = sqlx::query_scalar("PRAGMA data_version")
                .fetch_one(&mut connection)
                .await?;
            if known.replace(version) != Some(version) && told.send(Heard::Perhaps).await.is_err() {
                return Ok(());
            }
        }
    }

    pub(super) async fn close(&self) {
        self.reader.close().await;
        self.writer.close().await;
    }
}

//! A database per test, copied from a template that is prepared once per run and backend.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::future::BoxFuture;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection};
use tempfile::TempDir;
use tokio::sync::OnceCell;

use super::Backend;
use super::postgres::Postgres;

pub(super) type Prepare = Arc<dyn Fn(TestDatabase) -> BoxFuture<'static, ()> + Send + Sync>;

/// An existing database that nothing else uses.
#[derive(Clone, Debug)]
pub(crate) enum TestDatabase {
    Sqlite { file: PathBuf },
    Postgres { name: String, url: String },
}

impl TestDatabase {
    /// Where to connect.
    pub(crate) fn url(&self) -> String {
        match self {
            Self::Sqlite { file } => format!("sqlite://{}?mode=rwc", file.display()),
            Self::Postgres { url, .. } => url.clone(),
        }
    }
}

/// The databases of this run.
pub(super) struct Databases {
    folder: TempDir,
    postgres: Option<Arc<Postgres>>,
    prepare: Prepare,
    sqlite_template: OnceCell<Result<TestDatabase, String>>,
    postgres_template: OnceCell<Result<TestDatabase, String>>,
    copies: AtomicUsize,
}

impl Databases {
    pub(super) fn new(folder: TempDir, postgres: Option<Arc<Postgres>>, prepare: Prepare) -> Self {
        Self {
            folder,
            postgres,
            prepare,
            sqlite_template: OnceCell::new(),
            postgres_template: OnceCell::new(),
            copies: AtomicUsize::new(0),
        }
    }

    /// A fresh copy of the template.
    pub(super) async fn copy(&self, backend: Backend) -> Result<TestDatabase, String> {
        let cell = match backend {
            Backend::Sqlite => &self.sqlite_template,
            Backend::Postgres => &self.postgres_template,
        };
        let template = cell.get_or_init(|| self.make_template(backend)).await.as_ref()?;
        let name = format!("test_{}", self.copies.fetch_add(1, Ordering::Relaxed));
        match template {
            TestDatabase::Sqlite { file } => {
                let copy = self.sqlite_file(&name)?;
                fs::copy(file, &copy).map_err(|error| format!("no copy: {error}"))?;
                Ok(TestDatabase::Sqlite { file: copy })
            }
            TestDatabase::Postgres { name: template, .. } => self.postgres()?.create(&name, Some(template)).await,
        }
    }

    pub(super) async fn remove(&self, database: &TestDatabase) -> Result<(), String> {
        match database {
            TestDatabase::Sqlite { file } => {
                let folder = file.parent().ok_or("a database file without a folder")?;
                fs::remove_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))
            }
            TestDatabase::Postgres { name, .. } => self.postgres()?.drop(name).await,
        }
    }

    async fn make_template(&self, backend: Backend) -> Result<TestDatabase, String> {
        let template = match backend {
            Backend::Sqlite => TestDatabase::Sqlite {
                file: self.sqlite_file("template")?,
            },
            Backend::Postgres => self.postgres()?.create("template_samsyn", None).await?,
        };
        tokio::spawn((self.prepare)(template.clone()))
            .await
            .map_err(|panic| format!("the template for {backend} could not be prepared: {panic}"))?;
        match &template {
            TestDatabase::Sqlite { file } => checkpoint(file).await?,
            TestDatabase::Postgres { name, .. } => self.postgres()?.close(name).await?,
        }
        Ok(template)
    }

    /// In a folder of its own, for the files that SQLite keeps beside it.
    fn sqlite_file(&self, name: &str) -> Result<PathBuf, String> {
        let folder = self.folder.path().join(name);
        fs::create_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        Ok(folder.join("samsyn.sqlite"))
    }

    fn postgres(&self) -> Result<&Postgres, String> {
        self.postgres
            .as_deref()
            .ok_or_else(|| "PostgreSQL was not started for this run".into())
    }
}

/// Brings what is still in the write-ahead log into the file itself, the only one that is copied.
async fn checkpoint(file: &PathBuf) -> Result<(), String> {
    let failed = |error: sqlx::Error| format!("the template for sqlite is not complete: {error}");
    let options = SqliteConnectOptions::new().filename(file);
    let mut connection: SqliteConnection = options.connect().await.map_err(failed)?;
    let blocked: i64 = sqlx::query_scalar("PRAGMA wal_checkpoint(TRUNCATE)")
        .fetch_one(&mut connection)
        .await
        .map_err(failed)?;
    connection.close().await.map_err(failed)?;
    if blocked != 0 {
        return Err("the template for sqlite is still open: its preparation must close its connections".into());
    }
    Ok(())
}

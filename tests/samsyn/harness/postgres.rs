//! A PostgreSQL server for this run only.

use std::fs;
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Executor};
use tempfile::TempDir;

use super::HEAVY;
use super::database::TestDatabase;
use super::installation::{Installation, User};

/// The role that the tests connect as: an ordinary one, as in production.
const ROLE: &str = "samsyn";
const START_LIMIT: Duration = Duration::from_secs(30);
/// Another process can take the free port before the server does.
const ATTEMPTS: usize = 5;

const SETTINGS: [&str; 2] = ["max_connections=200", "listen_addresses=127.0.0.1"];

/// Durability is of no use to tests, and costs most of the time; what is measured has it, as in production.
const HASTE: [&str; 5] = [
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "wal_level=minimal",
    "max_wal_senders=0",
];

/// The running server. It stops, and its files go, when this is dropped.
pub(super) struct Postgres {
    installation: Installation,
    user: Option<User>,
    folder: TempDir,
    process: Mutex<Option<Child>>,
    port: u16,
    /// Databases are created one after another: a template can only be copied while nobody else is connected to it.
    administrator: tokio::sync::Mutex<PgConnection>,
}

impl Postgres {
    /// Must be called on the main thread: the server stops when the thread that started it ends.
    pub(super) async fn start() -> Result<Self, String> {
        let installation = Installation::find()?;
        let folder = TempDir::with_prefix("samsyn-postgres-").map_err(|error| format!("no folder: {error}"))?;
        let user = User::for_folder(folder.path())?;
        initialise(&installation, user, folder.path())?;
        let mut failure = String::new();
        for _ in 0..ATTEMPTS {
            let port = free_port()?;
            let mut process = launch(&installation, user, folder.path(), port)?;
            match connect(port, &mut process).await {
                Ok(mut administrator) => {
                    let role = AssertSqlSafe(format!("CREATE ROLE {ROLE} LOGIN CREATEROLE"));
                    administrator
                        .execute(role)
                        .await
                        .map_err(|error| format!("no role: {error}"))?;
                    return Ok(Self {
                        installation,
                        user,
                        folder,
                        process: Mutex::new(Some(process)),
                        port,
                        administrator: tokio::sync::Mutex::new(administrator),
                    });
                }
                Err(reason) => failure = reason,
            }
            stop(&installation, user, folder.path(), &mut process);
        }
        let log = fs::read_to_string(folder.path().join("log")).unwrap_or_default();
        Err(format!("PostgreSQL did not start: {failure}\n{log}"))
    }

    /// A new database: empty, or a copy of another.
    pub(super) async fn create(&self, name: &str, template: Option<&str>) -> Result<TestDatabase, String> {
        let template = template.unwrap_or("template0");
        self.administer(&format!("CREATE DATABASE {name} TEMPLATE {template} OWNER {ROLE}"))
            .await?;
        let url = format!("postgres://{ROLE}@127.0.0.1:{}/{name}", self.port);
        Ok(TestDatabase::Postgres { name: name.into(), url })
    }

    /// Lets nobody connect to the database any more, so that it can be copied.
    pub(super) async fn close(&self, name: &str) -> Result<(), String> {
        self.administer(&format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false"))
            .await
    }

    pub(super) async fn drop(&self, name: &str) -> Result<(), String> {
        self.administer(&format!("DROP DATABASE {name} WITH (FORCE)")).await
    }

    async fn administer(&self, statement: &str) -> Result<(), String> {
        let mut administrator = self.administrator.lock().await;
        let result = administrator.execute(AssertSqlSafe(statement)).await;
        result.map(drop).map_err(|error| format!("{statement}: {error}"))
    }

    /// Stops the server and removes its files.
    pub(super) fn stop(&self) {
        let process = self.process.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(mut process) = process {
            stop(&self.installation, self.user, self.folder.path(), &mut process);
            // The folder's own clean-up does not come about on the way out after a signal.
            drop(fs::remove_dir_all(self.folder.path()));
        }
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.stop();
    }
}

fn initialise(installation: &Installation, user: Option<User>, folder: &Path) -> Result<(), String> {
    let mut command = installation.command("initdb", user);
    command.args([
        "--username=postgres",
        "--auth=trust",
        "--encoding=UTF8",
        "--no-locale",
        "--no-sync",
    ]);
    let output = command.arg("-D").arg(folder.join("data")).current_dir(folder).output();
    let output = output.map_err(|error| unable(&command, &error))?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("initdb failed: {}", String::from_utf8_lossy(&output.stderr)))
}

fn launch(installation: &Installation, user: Option<User>, folder: &Path, port: u16) -> Result<Child, String> {
    let log = fs::File::create(folder.join("log")).map_err(|error| format!("no log file: {error}"))?;
    let mut command = installation.command("postgres", user);
    command
        .arg("-D")
        .arg(folder.join("data"))
        .arg("-p")
        .arg(port.to_string())
        .arg("-k")
        .arg(folder);
    command.args(SETTINGS.iter().flat_map(|setting| ["-c", setting]));
    if !*HEAVY {
        command.args(HASTE.iter().flat_map(|setting| ["-c", setting]));
    }
    command
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(log);
    // Ctrl-C in a terminal is for the tests, which then stop the server themselves.
    command.process_group(0);
    command.spawn().map_err(|error| unable(&command, &error))
}

async fn connect(port: u16, process: &mut Child) -> Result<PgConnection, String> {
    let options = PgConnectOptions::new()
        .host("127.0.0.1")
        .port(port)
        .username("postgres")
        .database("postgres");
    let started = Instant::now();
    loop {
        let error = match options.connect().await {
            Ok(connection) => return Ok(connection),
            Err(error) => error,
        };
        if let Ok(Some(status)) = process.try_wait() {
            return Err(format!("it ended with {status}"));
        }
        if started.elapsed() > START_LIMIT {
            return Err(format!("no connection after {} s: {error}", START_LIMIT.as_secs()));
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// `pg_ctl` reads from the folder which process to stop, so it can only be this one.
fn stop(installation: &Installation, user: Option<User>, folder: &Path, process: &mut Child) {
    let mut command = installation.command("pg_ctl", user);
    command
        .args(["stop", "--mode=fast", "--wait", "--silent", "-D"])
        .arg(folder.join("data"))
        .current_dir(folder);
    let stopped = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if !stopped {
        drop(process.kill());
    }
    drop(process.wait());
}

fn free_port() -> Result<u16, String> {
    let free = TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr());
    free.map(|address| address.port())
        .map_err(|error| format!("no free port: {error}"))
}

fn unable(command: &Command, error: &std::io::Error) -> String {
    format!("{} cannot be run: {error}", command.get_program().display())
}

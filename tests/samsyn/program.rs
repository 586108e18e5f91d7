//! The program itself, as a process on the test's database.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use base64::{Engine, engine::general_purpose::STANDARD};
use tempfile::TempDir;

use crate::api::{LOCAL_KEY, MJOLBY, Server};
use crate::audit::with_key;
use crate::commands::Running;

pub(crate) struct Program {
    pub(crate) running: Running,
    pub(crate) url: String,
    _folder: TempDir,
}

/// Serves the test's database from a folder with settings and an audit key, and tells what is at least of a level.
pub(crate) fn serve(server: &Server, folder: &Path, log: &str) -> Running {
    let child = Command::new(env!("CARGO_BIN_EXE_samsyn"))
        .args(["serve", "--listen", "127.0.0.1:0", "--audit-key", "audit.key"])
        .args(["--database-url", server.database_url(), "--public-municipality", MJOLBY])
        .args(["--clock", samsyn::demo::DAY, "--log", log])
        .current_dir(folder)
        .env_clear()
        .stdout(Stdio::piped())
        .spawn()
        .expect("a program");
    Running(child)
}

impl Program {
    /// Serves the test's database, and takes the tokens of the test's server.
    pub(crate) fn start(server: &Server) -> Self {
        Self::with_settings(server, "")
    }

    /// The same, with a settings file.
    pub(crate) fn with_settings(server: &Server, settings: &str) -> Self {
        let folder = with_key();
        fs::write(folder.path().join("samsyn.toml"), settings).expect("settings");
        fs::create_dir(folder.path().join("data")).expect("a folder");
        let key = folder.path().join("data/local-token.key");
        fs::write(key, STANDARD.encode(LOCAL_KEY)).expect("a key");
        let mut running = serve(server, folder.path(), "warn");
        Self {
            url: format!("http://{}/graphql", running.address()),
            running,
            _folder: folder,
        }
    }

    /// Asks it to stop, as an operator does.
    pub(crate) fn terminate(&self) {
        let pid = self.running.0.id().to_string();
        let signalled = Command::new("kill").args(["-TERM", &pid]).status().expect("kill");
        assert!(signalled.success());
    }

    /// How much memory it holds, in KiB.
    pub(crate) fn memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.running.0.id())).expect("a process");
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).expect("a line");
        let number = line.split_whitespace().nth(1).and_then(|text| text.parse().ok());
        number.expect("a number")
    }
}

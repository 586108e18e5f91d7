//! Leaves nothing behind when the tests are interrupted.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use tokio::runtime::Runtime;
use tokio::signal::unix::{SignalKind, signal};

use super::postgres::Postgres;

/// What a shell reports for a program that Ctrl-C ended.
const INTERRUPTED: i32 = 130;

/// Stops the server and removes the folder on Ctrl-C or SIGTERM, and ends the process.
pub(super) fn stop_on_signal(runtime: &Runtime, folder: &Path, postgres: Option<&Arc<Postgres>>) {
    let (folder, postgres) = (folder.to_path_buf(), postgres.map(Arc::downgrade));
    runtime.spawn(async move {
        let mut terminate = signal(SignalKind::terminate()).expect("a handler for SIGTERM");
        let mut interrupt = signal(SignalKind::interrupt()).expect("a handler for SIGINT");
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        if let Some(postgres) = postgres.and_then(|postgres| postgres.upgrade()) {
            postgres.stop();
        }
        drop(fs::remove_dir_all(folder));
        std::process::exit(INTERRUPTED);
    });
}

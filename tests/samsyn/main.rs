//! The integration tests: each capability as a module, each test on SQLite and on PostgreSQL.
#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::print_stderr, reason = "the harness says what it cannot do")]

mod harness;
mod isolation;
mod protocol;

use std::process::ExitCode;

use harness::{Suite, TestDatabase};

fn main() -> ExitCode {
    let suite = Suite::new(isolation::prepare, connect);
    let mut trials = isolation::trials(&suite);
    trials.extend(protocol::trials());
    suite.run(trials)
}

/// What a test gets to work with.
async fn connect(database: TestDatabase) -> TestDatabase {
    database
}

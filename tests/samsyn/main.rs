//! The integration tests: each capability as a module, each test on SQLite and on PostgreSQL.
#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::print_stderr, reason = "the harness says what it cannot do")]

mod access;
mod access_matrix;
mod administration;
mod api;
mod attachments;
mod audit;
mod authorisation;
mod bad_input;
mod carried_on;
mod central_check;
mod clients;
mod commands;
mod concurrency;
mod cross_origin;
mod decisions;
mod digest;
mod documents;
mod first_page;
mod harness;
mod hostile;
mod joint_follow_up;
mod joint_report;
mod journey;
mod landing;
mod language;
mod leaks;
mod life_cycles;
mod limits;
mod live;
mod many_departments;
mod migrations;
mod node_service;
mod oidc;
mod operations;
mod paging;
mod portal;
mod program;
mod protocol;
mod readme;
mod reminders;
mod roll_forward;
mod roll_up;
mod scale;
mod schedule;
mod schema_changes;
mod seed;
mod shared_points;
mod spreadsheets;
mod statements;
mod transitions;
mod wall;
mod work;
mod writing;

use std::process::ExitCode;

use api::Server;
use harness::Suite;

fn main() -> ExitCode {
    // An error says that one is installed already.
    drop(rustls::crypto::ring::default_provider().install_default());
    let suite = Suite::new(api::prepare, Server::start);
    let trials = [
        access::trials(&suite),
        access_matrix::trials(&suite),
        administration::trials(&suite),
        attachments::trials(&suite),
        audit::trials(&suite),
        authorisation::trials(&suite),
        bad_input::trials(&suite),
        carried_on::trials(&suite),
        central_check::trials(&suite),
        clients::trials(&suite),
        commands::trials(),
        concurrency::trials(&suite),
        cross_origin::trials(&suite),
        decisions::trials(&suite),
        documents::trials(&suite),
        first_page::trials(&suite),
        hostile::trials(&suite),
        joint_follow_up::trials(&suite),
        joint_report::trials(&suite),
        journey::trials(&suite),
        landing::trials(&suite),
        language::trials(&suite),
        leaks::trials(&suite),
        life_cycles::trials(&suite),
        limits::trials(&suite),
        live::trials(&suite),
        migrations::trials(&suite),
        oidc::trials(&suite),
        operations::trials(&suite),
        paging::trials(&suite),
        portal::trials(&suite),
        protocol::trials(),
        readme::trials(&suite),
        roll_forward::trials(&suite),
        roll_up::trials(&suite),
        reminders::trials(&suite),
        scale::trials(&suite),
        schedule::trials(&suite),
        schema_changes::trials(),
        seed::trials(&suite),
        shared_points::trials(&suite),
        spreadsheets::trials(&suite),
        statements::trials(&suite),
        transitions::trials(&suite),
        wall::trials(&suite),
        work::trials(&suite),
        writing::trials(&suite),
    ];
    suite.run(trials.into_iter().flatten().collect())
}

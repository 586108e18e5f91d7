//! What one server process changes comes to those who follow it on another.

use std::time::{Duration, Instant};

use libtest_mimic::Trial;
use sea_orm::{ConnectionTrait, Database, DbBackend};
use serde_json::json;

use super::program::Program;
use super::socket::Socket;
use super::{JOINT, name_of, rename, token};
use crate::api::Server;
use crate::harness::{Suite, trials};

pub(super) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        a_change_crosses_processes,
        a_lost_connection_is_made_up_for,
        a_stopping_program_says_goodbye_and_is_gone,
    ]
}

/// Renames a department on one server; the time until the other's client knows.
async fn crosses(server: &Server, socket: &mut Socket, name: &str) -> Duration {
    let begun = Instant::now();
    rename(server, "UTB", name).await;
    assert_eq!(name_of(&socket.event("1").await, "UTB"), name);
    begun.elapsed()
}

async fn following(program: &Program, server: &Server) -> Socket {
    let mut socket = Socket::of(&program.url, Some(&token(server, "coordinator").await)).await;
    socket.subscribe("1", JOINT, json!({})).await;
    socket.event("1").await;
    socket
}

async fn a_change_crosses_processes(server: Server) {
    let (one, two) = (Program::start(&server), Program::start(&server));
    let mut on_one = following(&one, &server).await;
    let mut on_two = following(&two, &server).await;
    // By the test's own server, a third process.
    let mut slowest = Duration::ZERO;
    for name in ["Ett", "Två", "Tre"] {
        slowest = slowest.max(crosses(&server, &mut on_one, name).await);
        assert_eq!(name_of(&on_two.event("1").await, "UTB"), name);
    }
    // Sooner than by looking now and then, whatever has to wait for the pause between two events.
    assert!(slowest < Duration::from_secs(4), "{slowest:?}");
    eprintln!("a change comes to another process within {slowest:.0?}, the change itself and the pause included");
}

/// The listener's connection is cut, again and again.
async fn a_lost_connection_is_made_up_for(server: Server) {
    let program = Program::start(&server);
    let mut socket = following(&program, &server).await;
    let database = Database::connect(server.database_url()).await.expect("a connection");
    if database.get_database_backend() != DbBackend::Postgres {
        return;
    }
    for name in ["Ett", "Två"] {
        const CUT: &str = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE application_name = 'samsyn listener' AND datname = current_database()";
        let cut = database.execute_unprepared(CUT).await.expect("a statement");
        assert!(cut.rows_affected() > 0, "there is a listener to cut");
        crosses(&server, &mut socket, name).await;
    }
}

async fn a_stopping_program_says_goodbye_and_is_gone(server: Server) {
    let mut program = Program::start(&server);
    let mut socket = following(&program, &server).await;
    program.terminate();
    let begun = Instant::now();
    assert_eq!(socket.closed().await.0, 1001);
    drop(socket);
    let status = tokio::task::spawn_blocking(move || program.running.0.wait());
    assert!(status.await.expect("an end").expect("a status").success());
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}

//! What one server process changes comes to those who follow it on another.

use std::time::{Duration, Instant};

use libtest_mimic::Trial;
use sea_orm::{ConnectionTrait, Database, DbBackend};
use serde_json::json;

use super::socket::Socket;
use super::{JOINT, name_of, rename, token};
use crate::api::Server;
use crate::audit::Log;
use crate::harness::{Suite, trials};
use crate::program::Program;

pub(super) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        a_change_crosses_processes,
        a_lost_connection_is_made_up_for,
        what_nobody_tells_of_is_looked_for,
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
    // And one process goes on where the other was.
    rename(&server, "UTB", "Fyra").await;
    let last = on_one.event("1").await["jointFollowUp"]["eventId"].take();
    on_two.event("1").await;
    on_two.subscribe("2", JOINT, json!({ "after": last })).await;
    on_two.hears_nothing(Duration::from_secs(1)).await;
    // Sooner than by looking now and then, whatever has to wait for the pause between two events.
    assert!(slowest < Duration::from_secs(4), "{slowest:?}");
    eprintln!("a change comes to another process within {slowest:.0?}, the change itself and the pause included");
}

/// Where there is a connection to listen on, it is cut, again and again.
async fn a_lost_connection_is_made_up_for(server: Server) {
    const CUT: &str = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE application_name = 'samsyn listener' AND datname = current_database()";
    let program = Program::start(&server);
    let mut socket = following(&program, &server).await;
    let database = Database::connect(server.database_url()).await.expect("a connection");
    for name in ["Ett", "Två"] {
        if database.get_database_backend() == DbBackend::Postgres {
            let cut = database.execute_unprepared(CUT).await.expect("a statement");
            assert!(cut.rows_affected() > 0, "there is a listener to cut");
        }
        crosses(&server, &mut socket, name).await;
    }
}

/// Stored as by somebody whose notification was lost.
async fn what_nobody_tells_of_is_looked_for(server: Server) {
    let program = Program::start(&server);
    let mut socket = following(&program, &server).await;
    let log = Log::of(&server).await;
    log.sql(
        "UPDATE department SET name = 'Direkt' WHERE OURS AND code = 'UTB';
        INSERT INTO outbox_event (municipality_id, sequence, kind, subject_type, subject_id, payload, occurred_at)
        SELECT municipality_id, sequence + 1000, kind, subject_type, subject_id, payload, occurred_at
        FROM outbox_event WHERE OURS ORDER BY sequence DESC LIMIT 1",
    )
    .await;
    assert_eq!(name_of(&socket.event("1").await, "UTB"), "Direkt");
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

//! Many subscriptions on one server: a change comes to all who may see it, and to none who may not. A thousand in
//! `tests/heavy`, a tenth by default. The delay and the memory are printed.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use super::program::Program;
use super::socket::Socket;
use super::{JOINT, REPORT, name_of, rename, token};
use crate::api::Server;
use crate::harness::{HEAVY, Suite, trials};

pub(super) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![suite, a_change_comes_to_all_who_may_see_it_and_to_no_other]
}

/// Subscriptions of those who see what changes; a fifth as many of those who do not.
const SEEING: usize = 1_000;

/// Subscriptions on one connection.
const ON_ONE: usize = 10;

/// How many changes are made, one after another.
const CHANGES: usize = 3;

/// Who sees the whole joint follow-up, and who sees a column of it that does not change or a report that is not theirs.
const SEERS: [&str; 3] = ["coordinator", "member-ks", "auditor"];
const OTHERS: [(&str, &str); 3] = [("controller-ksf", JOINT), ("head-kff", JOINT), ("head-sbf", REPORT)];

/// So that a thousand can be of a few: the default is for people.
const MANY: u16 = 1_000;

async fn open(url: String, token: String, query: &'static str) -> Socket {
    let mut socket = Socket::of(&url, Some(&token)).await;
    for id in 0..ON_ONE {
        socket.subscribe(&id.to_string(), query, json!({ "code": "UTB" })).await;
    }
    for _ in 0..ON_ONE {
        let message = socket.next().await;
        assert_eq!(message["type"], "next", "{message}");
    }
    socket
}

/// Reads until each subscription of a connection knows the name; the time that each took.
async fn hear(socket: &mut Socket, begun: Instant, name: &str) -> Vec<Duration> {
    let mut times = Vec::with_capacity(ON_ONE);
    while times.len() < ON_ONE {
        let message: Json = socket.next().await;
        assert_eq!(message["type"], "next", "{message}");
        if name_of(&message["payload"]["data"], "UTB") == name {
            times.push(begun.elapsed());
        }
    }
    times
}

async fn a_change_comes_to_all_who_may_see_it_and_to_no_other(server: Server) {
    let connections = if *HEAVY { SEEING / ON_ONE } else { SEEING / ON_ONE / 10 };
    let program = Program::with_settings(
        &server,
        &format!("[subscriptions]\nof_client = {MANY}\nconnections_of_client = {MANY}\n"),
    );
    // What the first requests leave behind is no subscription's.
    drop(open(program.url.clone(), token(&server, "coordinator").await, JOINT).await);
    let before = program.memory();

    let begun = Instant::now();
    let mut seers = Vec::new();
    for number in 0..connections {
        let token = token(&server, SEERS[number % SEERS.len()]).await;
        seers.push(open(program.url.clone(), token, JOINT).await);
    }
    let mut others = Vec::new();
    for number in 0..connections.div_ceil(5) {
        let (username, query) = OTHERS[number % OTHERS.len()];
        others.push(open(program.url.clone(), token(&server, username).await, query).await);
    }
    let opened = begun.elapsed();
    let subscriptions = (seers.len() + others.len()) * ON_ONE;
    let memory = program.memory().saturating_sub(before) / u64::try_from(subscriptions).expect("a number");

    let mut delays = Vec::new();
    for change in 0..CHANGES {
        // The pause after what came before is no part of the delay.
        tokio::time::sleep(Duration::from_secs(2)).await;
        let name = format!("Namn {change}");
        rename(&server, "UTB", &name).await;
        let begun = Instant::now();
        let heard = join_all(seers.iter_mut().map(|socket| hear(socket, begun, &name))).await;
        delays.extend(heard.into_iter().flatten());
    }
    assert_eq!(delays.len(), seers.len() * ON_ONE * CHANGES);
    let silent = others
        .iter_mut()
        .map(|socket| socket.hears_nothing(Duration::from_secs(2)));
    join_all(silent).await;
    delays.sort_unstable();
    let at = |percent: usize| delays[(delays.len() - 1) * percent / 100];
    eprintln!(
        "{subscriptions} subscriptions, opened in {opened:.1?}: a change came to {} of them after {:.0?} (median), {:.0?} \
         (95 %), {:.0?} (last), and to no other; {memory} KiB of memory each, {} KiB in all",
        seers.len() * ON_ONE,
        at(50),
        at(95),
        at(100),
        program.memory(),
    );
}

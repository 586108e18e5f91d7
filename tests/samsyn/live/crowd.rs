//! Many subscriptions on one server: a change comes to all who may see it, and to none who may not. A thousand in
//! `tests/heavy`, a tenth by default. The delay and the memory are printed.

use std::time::{Duration, Instant};

use libtest_mimic::Trial;
use serde_json::json;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::time::timeout;

use super::socket::Socket;
use super::{JOINT, rename, token};
use crate::api::Server;
use crate::harness::{HEAVY, Suite, trials};
use crate::program::Program;

pub(super) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![suite, a_change_comes_to_all_who_may_see_it_and_to_no_other]
}

/// Subscriptions of those who see what changes; a fifth as many of those who do not.
const SEEING: usize = 1_000;

/// Subscriptions on one connection.
const ON_ONE: usize = 10;

/// How long it is waited for an event after another.
const LONGEST: Duration = Duration::from_secs(30);

/// How many changes are made, one after another.
const CHANGES: usize = 3;

/// Who sees the whole joint follow-up, and who sees a column of it that does not change.
const SEERS: [&str; 3] = ["coordinator", "member-ks", "auditor"];
const OTHERS: [&str; 3] = ["controller-ksf", "head-kff", "head-sbf"];

/// So that a thousand can be of a few: the default is for people.
const MANY: u16 = 1_000;

/// An event that came to somebody.
struct Came {
    sees: bool,
    name: String,
    at: Instant,
}

/// Opens a connection with subscriptions, which then tells of what comes for as long as anybody wants to know.
async fn open(url: String, token: String, sees: bool, tell: UnboundedSender<Came>) {
    let mut socket = Socket::of(&url, Some(&token)).await;
    for id in 0..ON_ONE {
        socket.subscribe(&id.to_string(), JOINT, json!({})).await;
    }
    for _ in 0..ON_ONE {
        let message = socket.next().await;
        assert_eq!(message["type"], "next", "{message}");
    }
    tokio::spawn(async move {
        while let Some(message) = socket.next_until(tell.closed()).await {
            assert_eq!(message["type"], "next", "{message}");
            let departments = &message["payload"]["data"]["jointFollowUp"]["jointFollowUp"]["departments"];
            let renamed = departments
                .as_array()
                .expect("departments")
                .iter()
                .find(|it| it["code"] == "UTB");
            let name = renamed
                .and_then(|it| it["name"].as_str())
                .unwrap_or_default()
                .to_owned();
            let came = Came {
                sees,
                name,
                at: Instant::now(),
            };
            if tell.send(came).is_err() {
                return;
            }
        }
    });
}

async fn a_change_comes_to_all_who_may_see_it_and_to_no_other(server: Server) {
    let connections = if *HEAVY { SEEING / ON_ONE } else { SEEING / ON_ONE / 10 };
    let limits = format!("[subscriptions]\nof_client = {MANY}\nconnections_of_client = {MANY}\n");
    let program = Program::with_settings(&server, &limits);
    let url = || program.url.clone();
    // What the first requests leave behind is no subscription's.
    let (tell, nobody) = unbounded_channel();
    open(url(), token(&server, "coordinator").await, true, tell).await;
    drop(nobody);
    let before = program.memory();

    let begun = Instant::now();
    let (tell, mut came) = unbounded_channel();
    for number in 0..connections {
        let token = token(&server, SEERS[number % SEERS.len()]).await;
        open(url(), token, true, tell.clone()).await;
    }
    let others = connections.div_ceil(5);
    for number in 0..others {
        let token = token(&server, OTHERS[number % OTHERS.len()]).await;
        open(url(), token, false, tell.clone()).await;
    }
    let opened = begun.elapsed();
    let subscriptions = (connections + others) * ON_ONE;
    let memory = program.memory().saturating_sub(before) / u64::try_from(subscriptions).expect("a number");

    let seeing = connections * ON_ONE;
    let mut delays = Vec::new();
    for change in 0..CHANGES {
        // The pause after what came before is no part of the delay.
        tokio::time::sleep(Duration::from_secs(2)).await;
        let name = format!("Namn {change}");
        rename(&server, "UTB", &name).await;
        let begun = Instant::now();
        let due = delays.len() + seeing;
        while delays.len() < due {
            let told = timeout(LONGEST, came.recv())
                .await
                .expect("an event in time")
                .expect("subscribers");
            assert!(told.sees, "it came to somebody who does not see it");
            if told.name == name {
                delays.push(told.at.saturating_duration_since(begun));
            }
        }
    }
    tokio::time::sleep(Duration::from_secs(2)).await;
    if let Ok(told) = came.try_recv() {
        panic!("{} came again, or to somebody who does not see it", told.name);
    }
    delays.sort_unstable();
    let at = |percent: usize| delays[(delays.len() - 1) * percent / 100];
    eprintln!(
        "{subscriptions} subscriptions, opened in {opened:.1?}: a change came to {seeing} of them after {:.0?} (median), \
         {:.0?} (95 %), {:.0?} (last), and to no other; {memory} KiB of memory each, {} KiB in all",
        at(50),
        at(95),
        at(100),
        program.memory(),
    );
    // The subscribers go before the program does.
    drop(came);
    tokio::time::sleep(Duration::from_millis(200)).await;
}

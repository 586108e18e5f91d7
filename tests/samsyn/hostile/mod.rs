//! Requests made to do harm, sent to the program itself: each gets its documented refusal for little processor time, and
//! afterwards the program uses as much memory as before.

mod program;
mod requests;
mod tokens;

use std::time::Duration;

use futures_util::future::join_all;
use libtest_mimic::Trial;

use crate::api::Server;
use crate::harness::{HEAVY, Suite, trials};
use crate::oidc::Provider;
use program::Program;

pub(crate) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![suite, what_is_made_to_do_harm_is_refused_and_costs_little]
}

/// The most processor time that a refusal may take, in milliseconds: of the optimised program, and of one that is not.
const MOST_TIME: [u64; 2] = [100, 3_000];

/// By how much the memory in use may have grown afterwards, in KiB: what an allocator keeps for the next request.
const MOST_GROWTH: u64 = 64 * 1024;

async fn what_is_made_to_do_harm_is_refused_and_costs_little(server: Server) {
    let provider = Provider::start().await;
    let program = Program::start(&server, &provider).await;
    // The bodies that do not come are waited for while the others are asked.
    let waited_for = tokio::spawn(requests::bodies_that_do_not_come(program.address()));
    let mut attacks = requests::all();
    attacks.extend(tokens::all(&server, &provider).await);
    assert!(attacks.len() >= 40, "{} requests", attacks.len());
    for _ in 0..2 {
        for attack in &attacks {
            // What is made at the first request of a kind stays, for each thread that answers one.
            program.send(attack).await;
        }
    }
    let before = program.memory();
    let mut wrong = Vec::new();
    let mut dearest = (0, "");
    for attack in &attacks {
        let started = program.processor_time();
        let (status, code) = program.send(attack).await;
        let spent = program.processor_time() - started;
        dearest = dearest.max((spent, attack.name));
        if (status, code.as_str()) != (attack.status, attack.code) {
            wrong.push(format!(
                "{}: {status} {code}, and not {} {}",
                attack.name, attack.status, attack.code
            ));
        }
        if spent > MOST_TIME[usize::from(!*HEAVY)] {
            wrong.push(format!("{}: {spent} ms", attack.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for answer in waited_for.await.expect("answers") {
        assert!(
            answer.starts_with("HTTP/1.1 408 ") && answer.contains("TIMEOUT"),
            "{answer}"
        );
    }
    program.still_answers().await;
    let mut grown = u64::MAX;
    for _ in 0..20 {
        grown = program.memory().saturating_sub(before);
        if grown < MOST_GROWTH {
            break;
        }
        // The allocator gives back what a thread has not needed for a while when that thread asks for something.
        tokio::time::sleep(Duration::from_millis(500)).await;
        join_all((0..16).map(|_| program.still_answers())).await;
    }
    assert!(grown < MOST_GROWTH, "{grown} KiB more than before");
    eprintln!(
        "{} hostile requests: at most {} ms of processor time ({}), {grown} KiB more memory afterwards",
        attacks.len(),
        dearest.0,
        dearest.1
    );
}

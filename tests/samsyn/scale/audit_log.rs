//! A log of 100,000 events.

use std::time::Instant;

use libtest_mimic::Trial;
use samsyn::audit::{AuditKey, BrokenLink, Event, Fault, record};
use samsyn::clock::Clock;
use serde_json::json;
use uuid::Uuid;

use super::count;
use crate::api::{AUDIT_SEED, Server};
use crate::audit::{Log, closed, copied, opened, swapped};
use crate::harness::{Suite, trials};

pub(super) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![suite, tampering_with_a_large_log_is_found_at_the_exact_event]
}

const EVENTS: usize = 100_000;
const AT_ONCE: usize = 500;

async fn tampering_with_a_large_log_is_found_at_the_exact_event(server: Server) {
    let log = Log::of(&server).await;
    let events = count(EVENTS);
    let begun = Instant::now();
    lengthen(&log, events).await;
    let written = begun.elapsed();
    let begun = Instant::now();
    let found = log.verify(&[]).await.expect("a whole log");
    let verified = begun.elapsed();
    let last = found.head.sequence;
    assert!(last >= i64::try_from(events).expect("a number"));
    eprintln!("{last} events: written in {written:.1?}, verified in {verified:.1?}");

    let at = last / 2;
    let set = |change: &str| format!("UPDATE audit_event SET {change} WHERE OURS AND sequence = {at}");
    let remove = format!("DELETE FROM audit_event WHERE OURS AND sequence = {at}");
    let cut = format!("DELETE FROM audit_event WHERE OURS AND sequence > {}", last - 7);
    let bogus = format!("UPDATE audit_event SET actor = 'nobody' WHERE OURS AND sequence = {at}");
    log.remember().await;
    for (statements, sequence, fault) in [
        (set("payload = '{\"changed\": 1}'"), at, Fault::PayloadChanged),
        (set("actor = 'somebody-else'"), at, Fault::EventChanged),
        (remove.clone(), at, Fault::Missing { to: at }),
        (format!("{remove}; {}", closed(at)), at, Fault::Removed),
        (swapped(at, at + 1), at, Fault::OutOfOrder { was: at + 1 }),
        (
            format!("{}; {}; {bogus}", opened(at), copied(at + 1, at)),
            at,
            Fault::Inserted,
        ),
        (cut, last - 6, Fault::TailCut { head: last }),
    ] {
        log.broken_once_by(&statements, sequence, fault).await;
    }
    let late = last - 50;
    log.sql(&format!(
        "UPDATE audit_event SET actor = 'somebody-else' WHERE OURS AND sequence = {late}"
    ))
    .await;
    log.chain_anew(late).await;
    let fault = Fault::HeadDiffers;
    assert_eq!(log.verify(&[]).await, Err(BrokenLink { sequence: last, fault }));
}

async fn lengthen(log: &Log, events: usize) {
    let key = AuditKey::from_seed(&AUDIT_SEED);
    let event = |number: usize| Event {
        occurred_at: Clock::default().now(),
        actor_id: None,
        actor: "operator".to_owned(),
        request_id: Some(Uuid::now_v7()),
        action: "finding.changed".to_owned(),
        subject_type: "finding".to_owned(),
        subject_id: Some(Uuid::now_v7()),
        payload: json!({ "before": { "affected": number }, "after": { "affected": number + 1, "title": "Brist" } }),
    };
    for first in (0..events).step_by(AT_ONCE) {
        let some = (first..first + AT_ONCE).map(event).collect();
        record(log.server.database(), &key, log.municipality.id, some)
            .await
            .expect("events");
    }
}

//! Every kind of tampering is found at the exact event.

use libtest_mimic::Trial;
use samsyn::audit::{AuditKey, BrokenLink, Fault, Head, erase};
use samsyn::clock::Clock;
use sea_orm::QueryResult;
use serde_json::json;
use std::collections::BTreeSet;

use super::{Log, closed, copied, opened, outside, swapped};
use crate::api::{AUDIT_SEED, Server};
use crate::harness::{Suite, trials};

pub(super) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        what_is_changed_in_the_database_is_found_where_it_is,
        a_cut_tail_and_a_head_that_does_not_fit_are_found,
        a_chain_that_was_made_anew_has_no_signature,
        an_old_copy_is_caught_by_a_kept_head,
        a_lawful_erasure_is_no_break,
        what_cannot_be_erased_is_refused,
    ]
}

async fn what_is_changed_in_the_database_is_found_where_it_is(server: Server) {
    let log = Log::of(&server).await;
    log.verify(&[]).await.expect("the demonstration's log is whole");
    log.remember().await;
    let set = |change: &str| format!("UPDATE audit_event SET {change} WHERE OURS AND sequence = 17");
    log.broken_by(&set("payload = '{\"changed\": 1}'"), 17, Fault::PayloadChanged)
        .await;
    log.broken_by(&set("salt = NULL"), 17, Fault::PayloadChanged).await;
    log.broken_by(&set("payload = NULL"), 17, Fault::PayloadChanged).await;
    for change in [
        "actor = 'somebody-else'",
        "actor_id = NULL, actor = 'operator'",
        "occurred_at = '2001-01-01 00:00:00+00:00'",
        "action = 'user_account.removed'",
        "subject_type = 'finding'",
        "subject_id = NULL",
        "request_id = subject_id",
        "payload_digest = '0000000000000000000000000000000000000000000000000000000000000000'",
    ] {
        log.broken_by(&set(change), 17, Fault::EventChanged).await;
    }
    let other = "hash = '0000000000000000000000000000000000000000000000000000000000000000'";
    log.broken_by(&set(other), 17, Fault::HashChanged).await;
    if log.is_sqlite() {
        log.broken_by(&set("payload = '{not JSON'"), 17, Fault::Unreadable)
            .await;
    }

    let remove = "DELETE FROM audit_event WHERE OURS AND sequence = 17";
    log.broken_by(remove, 17, Fault::Missing { to: 17 }).await;
    let first = "DELETE FROM audit_event WHERE OURS AND sequence < 4";
    log.broken_by(first, 1, Fault::Missing { to: 3 }).await;
    log.broken_by(&format!("{remove}; {}", closed(17)), 17, Fault::Removed)
        .await;

    log.broken_by(&swapped(17, 18), 17, Fault::OutOfOrder { was: 18 }).await;
    log.broken_by(&swapped(17, 25), 17, Fault::OutOfOrder { was: 25 }).await;
    log.broken_by(
        &format!("{remove}; {}", copied(12, 17)),
        17,
        Fault::Duplicated { of: 12 },
    )
    .await;

    let bogus = "UPDATE audit_event SET actor = 'nobody', hash = payload_digest WHERE OURS AND sequence = 18";
    let inserted = format!("{}; {}", opened(18), copied(17, 18));
    log.broken_by(&format!("{inserted}; {bogus}"), 18, Fault::Inserted)
        .await;
    log.broken_by(&inserted, 18, Fault::Inserted).await;
    log.broken_by(&copied(17, 0), 0, Fault::Inserted).await;
    // Inserted by somebody who knows how an event is chained.
    log.sql(&inserted).await;
    let lines = outside::exported(&log).await;
    let hash = outside::hash(&lines[17], lines[16]["hash"].as_str().expect("a hash"));
    let chained = format!("UPDATE audit_event SET hash = '{hash}' WHERE OURS AND sequence = 18");
    log.broken_by(&chained, 18, Fault::Inserted).await;
    // The payload and its digest changed together: the digest is in the chain.
    let digest = "payload = '{}', payload_digest = '1111111111111111111111111111111111111111111111111111111111111111'";
    log.broken_by(&set(digest), 17, Fault::EventChanged).await;
}

async fn a_cut_tail_and_a_head_that_does_not_fit_are_found(server: Server) {
    let log = Log::of(&server).await;
    log.remember().await;
    let last = log.last().await;
    let cut = format!("DELETE FROM audit_event WHERE OURS AND sequence > {}", last - 3);
    log.broken_by(&cut, last - 2, Fault::TailCut { head: last }).await;
    let moved = format!(
        "{cut}; UPDATE audit_head SET sequence = {}, hash = (SELECT hash FROM audit_event WHERE OURS AND sequence = {})
         WHERE OURS",
        last - 3,
        last - 3
    );
    log.broken_by(&moved, last - 3, Fault::HeadForged).await;
    let head = "UPDATE audit_head SET";
    log.broken_by("DELETE FROM audit_head WHERE OURS", last, Fault::HeadMissing)
        .await;
    let unsigned = format!("{head} key_id = NULL, signature = NULL WHERE OURS");
    log.broken_by(&unsigned, last, Fault::HeadUnsigned).await;
    let emptied = "DELETE FROM audit_event WHERE OURS; UPDATE audit_head SET sequence = 0, signature = NULL, \
                   hash = '0000000000000000000000000000000000000000000000000000000000000000' WHERE OURS";
    // Nothing in the database tells an emptied log from a new one: a kept head does.
    let kept = log.head().await;
    log.sql(emptied).await;
    let fault = Fault::BelowKeptHead { head: last };
    assert_eq!(log.verify(&[kept]).await, Err(BrokenLink { sequence: 1, fault }));
    log.put_back().await;
    // Somebody signs with a key of their own.
    let key = AuditKey::from_seed(&[99; 32]);
    let hash = log.head().await.head.hash;
    let municipality_id = log.municipality.id;
    let signature = key.sign(&Head {
        municipality_id,
        sequence: last,
        hash,
    });
    let key_id = key.public().id();
    let theirs = format!("{head} key_id = '{key_id}', signature = '{signature}' WHERE OURS");
    log.broken_by(&theirs, last, Fault::HeadSignedByOther { key_id }).await;
    log.broken_by(&copied(last, last + 1), last + 1, Fault::BeyondHead)
        .await;
}

async fn a_chain_that_was_made_anew_has_no_signature(server: Server) {
    let log = Log::of(&server).await;
    log.remember().await;
    let last = log.last().await;
    let kept = log.head().await;
    let from = last - 5;
    log.sql(&format!(
        "UPDATE audit_event SET actor = 'somebody-else' WHERE OURS AND sequence = {from}"
    ))
    .await;
    log.chain_anew(from).await;
    let fault = Fault::HeadDiffers;
    assert_eq!(log.verify(&[]).await, Err(BrokenLink { sequence: last, fault }));
    log.sql(&format!(
        "UPDATE audit_head SET hash = (SELECT hash FROM audit_event WHERE OURS AND sequence = {last}) WHERE OURS"
    ))
    .await;
    let fault = Fault::HeadForged;
    assert_eq!(log.verify(&[]).await, Err(BrokenLink { sequence: last, fault }));
    // With a stolen key only the heads that were kept elsewhere tell.
    let rows: Vec<QueryResult> = log.rows("SELECT hash FROM audit_head WHERE OURS").await;
    let stolen = AuditKey::from_seed(&AUDIT_SEED).sign(&Head {
        municipality_id: log.municipality.id,
        sequence: last,
        hash: rows[0].try_get("", "hash").expect("a hash"),
    });
    log.sql(&format!("UPDATE audit_head SET signature = '{stolen}' WHERE OURS"))
        .await;
    assert!(log.verify(&[]).await.is_ok());
    let fault = Fault::KeptHeadDiffers;
    assert_eq!(log.verify(&[kept]).await, Err(BrokenLink { sequence: last, fault }));
}

async fn an_old_copy_is_caught_by_a_kept_head(server: Server) {
    let log = Log::of(&server).await;
    log.remember().await;
    let (old, last) = (log.head().await, log.last().await);
    let administrator = server.user("administrator").await;
    for number in 0..3 {
        let user = json!({ "username": format!("new-{number}"), "name": "Ny" });
        administrator.done("createUser", "user { id }", user).await;
    }
    let new = log.head().await;
    assert_eq!(new.head.sequence, last + 3);
    let found = log.verify(&[new.clone(), old.clone()]).await.expect("a whole log");
    assert_eq!(found.kept, 2);
    log.put_back().await;
    assert!(
        log.verify(std::slice::from_ref(&old)).await.is_ok(),
        "the old copy is whole in itself"
    );
    let fault = Fault::BelowKeptHead { head: last + 3 };
    let sequence = last + 1;
    assert_eq!(
        log.verify(&[old, new.clone()]).await,
        Err(BrokenLink { sequence, fault })
    );
    let mut forged = new;
    forged.head.sequence = last;
    let fault = Fault::KeptHeadUnsigned;
    assert_eq!(log.verify(&[forged]).await, Err(BrokenLink { sequence: last, fault }));
}

async fn a_lawful_erasure_is_no_break(server: Server) {
    let log = Log::of(&server).await;
    let last = log.last().await;
    let key = AuditKey::from_seed(&AUDIT_SEED);
    let numbers = BTreeSet::from([17, 20]);
    let id = log.municipality.id;
    let clock = Clock::default();
    erase(
        server.database(),
        &key,
        &clock,
        id,
        &numbers,
        "GDPR art. 17, ärende 2018:1",
    )
    .await
    .expect("an erasure");
    let found = log.verify(&[]).await.expect("a whole log");
    assert_eq!((found.erased, found.head.sequence), (2, last + 1));
    let lines = outside::exported(&log).await;
    assert_eq!(
        (&lines[16]["payload"], &lines[16]["salt"]),
        (&json!(null), &json!(null))
    );
    let record = lines.last().expect("a record");
    assert_eq!(record["action"], "audit_event.erased");
    assert_eq!(record["actor"], "operator");
    assert_eq!(record["payload"]["sequences"], json!([17, 20]));
    log.remember().await;
    let unlawful = "UPDATE audit_event SET payload = NULL, salt = NULL WHERE OURS AND sequence = ";
    log.broken_by(&format!("{unlawful} 18"), 18, Fault::ErasedUnrecorded)
        .await;
    log.broken_by(&format!("{unlawful} {}", last + 1), 17, Fault::ErasedUnrecorded)
        .await;
    // A record of an erasure that is no link of the chain makes nothing lawful for long.
    let claim = format!(
        "{unlawful} 18; UPDATE audit_event SET action = 'audit_event.erased', payload = '{{\"sequences\": [18]}}' \
         WHERE OURS AND sequence = 30"
    );
    log.broken_by(&claim, 30, Fault::EventChanged).await;
}

async fn what_cannot_be_erased_is_refused(server: Server) {
    let log = Log::of(&server).await;
    let last = log.last().await;
    let key = AuditKey::from_seed(&AUDIT_SEED);
    let attempt = |numbers: Vec<i64>, reason: &'static str| {
        let (server, key, id) = (server.clone(), key.clone(), log.municipality.id);
        async move {
            let numbers = numbers.into_iter().collect();
            let done = erase(server.database(), &key, &Clock::default(), id, &numbers, reason).await;
            done.map_err(|error| error.to_string())
        }
    };
    let refused = attempt(vec![1, last + 7], "x").await.expect_err("an unknown event");
    assert!(refused.contains(&format!("no event {}", last + 7)), "{refused}");
    let refused = attempt(vec![1], " ").await.expect_err("no reason");
    assert!(refused.contains("1 to 2000"), "{refused}");
    assert_eq!(log.last().await, last);
    attempt(vec![1], "ärende 1").await.expect("an erasure");
    let refused = attempt(vec![1, 2], "ärende 2").await.expect_err("erased already");
    assert!(refused.contains("event 1 is erased already"), "{refused}");
    let refused = attempt(vec![last + 1], "ärende 3").await.expect_err("a record");
    assert!(refused.contains("records an erasure"), "{refused}");
    assert_eq!(log.verify(&[]).await.expect("a whole log").erased, 1);
}

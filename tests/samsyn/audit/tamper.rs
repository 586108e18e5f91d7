//! How somebody tampers with a log who can do everything in the database.

use samsyn::audit::{BrokenLink, Fault};
use serde_json::json;

use super::{Log, outside};

const COLUMNS: &str = "occurred_at, actor_id, actor, request_id, action, subject_type, subject_id, payload, salt, \
                       payload_digest, hash";

impl Log {
    /// Remembers the log as it is, for [`Self::put_back`].
    pub(crate) async fn remember(&self) {
        self.sql(
            "CREATE TABLE kept_event AS SELECT * FROM audit_event WHERE OURS; \
             CREATE TABLE kept_head AS SELECT * FROM audit_head WHERE OURS",
        )
        .await;
    }

    /// Puts back what was remembered, and looks whether it is whole.
    pub(super) async fn put_back(&self) {
        self.restore().await;
        self.verify(&[]).await.expect("the log as it was");
    }

    async fn restore(&self) {
        self.sql(
            "DELETE FROM audit_event WHERE OURS; INSERT INTO audit_event SELECT * FROM kept_event; \
             DELETE FROM audit_head WHERE OURS; INSERT INTO audit_head SELECT * FROM kept_head",
        )
        .await;
    }

    /// That after these statements the log is broken there. Then it is restored.
    pub(crate) async fn broken_once_by(&self, statements: &str, sequence: i64, fault: Fault) {
        self.sql(statements).await;
        assert_eq!(
            self.verify(&[]).await,
            Err(BrokenLink { sequence, fault }),
            "{statements}"
        );
        self.restore().await;
    }

    /// [`Self::broken_once_by`], and whole again afterwards.
    pub(super) async fn broken_by(&self, statements: &str, sequence: i64, fault: Fault) {
        self.broken_once_by(statements, sequence, fault).await;
        self.verify(&[]).await.expect("the log as it was");
    }

    /// Makes the hashes from an event on anew, as somebody would who changed it and knows how.
    pub(crate) async fn chain_anew(&self, from: i64) {
        let lines = outside::exported(self).await;
        let mut previous = lines[usize::try_from(from - 2).expect("an index")]["hash"].clone();
        for line in lines.into_iter().skip(usize::try_from(from - 1).expect("an index")) {
            let hash = outside::hash(&line, previous.as_str().expect("a hash"));
            let sequence = &line["sequence"];
            self.sql(&format!(
                "UPDATE audit_event SET hash = '{hash}' WHERE OURS AND sequence = {sequence}"
            ))
            .await;
            previous = json!(hash);
        }
    }
}

/// Another event with the content of one.
pub(crate) fn copied(from: i64, to: i64) -> String {
    format!(
        "INSERT INTO audit_event (municipality_id, sequence, {COLUMNS}) \
         SELECT municipality_id, {to}, {COLUMNS} FROM audit_event WHERE OURS AND sequence = {from}"
    )
}

/// Two events in each other's places.
pub(crate) fn swapped(one: i64, other: i64) -> String {
    format!(
        "UPDATE audit_event SET sequence = -1 WHERE OURS AND sequence = {one}; \
         UPDATE audit_event SET sequence = {one} WHERE OURS AND sequence = {other}; \
         UPDATE audit_event SET sequence = {other} WHERE OURS AND sequence = -1"
    )
}

/// Room for an event: the one with the number, and those after it, get the next number each.
pub(crate) fn opened(at: i64) -> String {
    format!(
        "UPDATE audit_event SET sequence = -sequence WHERE OURS AND sequence >= {at}; \
         UPDATE audit_event SET sequence = 1 - sequence WHERE OURS AND sequence < 0"
    )
}

/// The gap that a removed event left, closed.
pub(crate) fn closed(gap: i64) -> String {
    format!(
        "UPDATE audit_event SET sequence = -sequence WHERE OURS AND sequence > {gap}; \
         UPDATE audit_event SET sequence = -1 - sequence WHERE OURS AND sequence < 0"
    )
}

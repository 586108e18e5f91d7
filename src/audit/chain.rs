//! How events are chained: each holds the hash of the one before it.

use crate::digest::{sha256, sha256_hex};
use chrono::{DateTime, SecondsFormat, Utc};
use entity::audit_event;
use serde_json::{Value as Json, json};
use uuid::Uuid;

/// The hash that the first event of a municipality follows.
pub(super) const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Bytes of salt in each payload's digest.
pub(super) const SALT_BYTES: usize = 16;

/// An event as it is chained: everything but the payload, for which its digest stands, so that the payload can be
/// erased and the chain be whole.
pub(super) struct Link<'a> {
    pub(super) municipality_id: Uuid,
    pub(super) sequence: i64,
    pub(super) occurred_at: DateTime<Utc>,
    pub(super) actor_id: Option<Uuid>,
    pub(super) actor: &'a str,
    pub(super) request_id: Option<Uuid>,
    pub(super) action: &'a str,
    pub(super) subject_type: &'a str,
    pub(super) subject_id: Option<Uuid>,
    pub(super) payload_digest: &'a str,
}

impl<'a> Link<'a> {
    /// The link that a stored event is.
    pub(super) fn of(event: &'a audit_event::Model) -> Self {
        Self {
            municipality_id: event.municipality_id,
            sequence: event.sequence,
            occurred_at: event.occurred_at,
            actor_id: event.actor_id,
            actor: &event.actor,
            request_id: event.request_id,
            action: &event.action,
            subject_type: &event.subject_type,
            subject_id: event.subject_id,
            payload_digest: &event.payload_digest,
        }
    }

    /// The event's hash, when `previous` is that of the event before it: SHA-256, in hexadecimal, of what
    /// `docs/audit-log.md` lists, as RFC 8785 JSON.
    ///
    /// # Errors
    /// Never for what a link can hold.
    pub(super) fn hash(&self, previous: &str) -> Result<String, serde_json::Error> {
        let linked = json!({
            "previous": previous,
            "municipality": self.municipality_id,
            "sequence": self.sequence,
            "occurredAt": self.occurred_at.to_rfc3339_opts(SecondsFormat::Micros, true),
            "actorId": self.actor_id,
            "actor": self.actor,
            "requestId": self.request_id,
            "action": self.action,
            "subjectType": self.subject_type,
            "subjectId": self.subject_id,
            "payloadDigest": self.payload_digest,
        });
        Ok(sha256_hex(&serde_json_canonicalizer::to_vec(&linked)?))
    }
}

/// A payload's digest: SHA-256, in hexadecimal, of the salt and the payload as RFC 8785 JSON. The salt keeps a short
/// payload that was erased from being guessed by its digest.
///
/// # Errors
/// When the payload holds a number that JSON has no form for.
pub(super) fn payload_digest(salt: &[u8], payload: &Json) -> Result<String, serde_json::Error> {
    let mut salted = salt.to_vec();
    serde_json_canonicalizer::to_writer(payload, &mut salted)?;
    Ok(sha256_hex(&salted))
}

/// A fresh salt. Random enough that no two events share one: a digest of the request's own randomness, so that a
/// transaction of a hundred events asks the system once.
pub(super) fn salt(seed: &[u8; 32], sequence: i64) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    bytes.extend_from_slice(&sequence.to_be_bytes());
    sha256(&bytes)[..SALT_BYTES].to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(action: &str) -> Link<'_> {
        Link {
            municipality_id: Uuid::from_u128(1),
            sequence: 7,
            occurred_at: DateTime::UNIX_EPOCH,
            actor_id: None,
            actor: "operator",
            request_id: None,
            action,
            subject_type: "finding",
            subject_id: Some(Uuid::from_u128(2)),
            payload_digest: GENESIS,
        }
    }

    #[test]
    fn a_hash_stands_for_the_event_and_all_before_it() {
        let first = link("finding.created").hash(GENESIS).unwrap();
        assert_eq!(first, link("finding.created").hash(GENESIS).unwrap());
        assert_ne!(first, link("finding.changed").hash(GENESIS).unwrap());
        assert_ne!(first, link("finding.created").hash(&first).unwrap());
    }

    /// The form is a promise: whoever checks a log with a program of their own relies on it.
    #[test]
    fn the_form_of_a_link_stays_as_it_is() {
        assert_eq!(
            link("finding.created").hash(GENESIS).unwrap(),
            sha256_hex(
                format!(
                    "{}{}{}",
                    r#"{"action":"finding.created","actor":"operator","actorId":null,"municipality":"00000000-0000-0000-0000-000000000001","#,
                    r#""occurredAt":"1970-01-01T00:00:00.000000Z","payloadDigest":"0000000000000000000000000000000000000000000000000000000000000000","previous":"0000000000000000000000000000000000000000000000000000000000000000","#,
                    r#""requestId":null,"sequence":7,"subjectId":"00000000-0000-0000-0000-000000000002","subjectType":"finding"}"#,
                )
                .as_bytes()
            )
        );
    }

    #[test]
    fn a_payload_has_another_digest_under_another_salt() {
        let payload = json!({ "b": 1, "a": "å" });
        let seed = [7; 32];
        let (one, other) = (salt(&seed, 1), salt(&seed, 2));
        assert_ne!(
            payload_digest(&one, &payload).unwrap(),
            payload_digest(&other, &payload).unwrap()
        );
        let reordered = json!({ "a": "å", "b": 1 });
        assert_eq!(
            payload_digest(&one, &payload).unwrap(),
            payload_digest(&one, &reordered).unwrap()
        );
    }
}

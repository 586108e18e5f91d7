use crate::{
    access::{ConfidentialReads, Reader, Right, Thing},
    audit::{Event, Incident, IncidentKind},
};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeSet;
use uuid::Uuid;

/// The most things that one event names; how many there were it says all the same.
const NAMED: usize = 1_000;

/// What the audit log has to be told of a request, gathered while it is answered.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// Who read, as the log names them.
    actor: Option<(Uuid, Uuid, String)>,
    reads: Vec<ConfidentialReads>,
    refused: Vec<Refused>,
    log_pages: Vec<Json>,
    /// Whether who sent it is not known, or no longer active.
    pub(super) unknown: bool,
}

/// Something that the caller was not allowed to do.
#[derive(Debug)]
struct Refused {
    operation: Option<String>,
    reason: String,
    subject: Option<(String, Uuid)>,
}

/// Whose notes they are.
pub(super) struct Signature<'a> {
    pub(super) request_id: Uuid,
    pub(super) operation: Option<&'a str>,
    pub(super) at: DateTime<Utc>,
}

impl Notes {
    /// What goes into the answer through a reader will be noted in it.
    pub(super) fn read_with(&mut self, reader: &Reader) {
        self.actor = reader
            .actor()
            .user()
            .map(|user| (reader.municipality_id(), user.id, user.username.clone()));
        self.reads.push(reader.reads().clone());
    }

    /// That a use case was refused.
    pub(super) fn refused(&mut self, operation: &str, reason: String, subject: Option<(String, Uuid)>) {
        self.refused.push(Refused {
            operation: Some(operation.to_owned()),
            reason,
            subject,
        });
    }

    /// That a query was refused for want of a right.
    pub(super) fn forbidden(&mut self, operation: &str, right: Right) {
        self.refused(operation, right.to_string(), None);
    }

    /// That somebody was refused and nothing more is known of it.
    pub(super) fn refused_somehow(&mut self) {
        if self.refused.is_empty() {
            self.refused.push(Refused {
                operation: None,
                reason: "FORBIDDEN".to_owned(),
                subject: None,
            });
        }
    }

    /// That a page of the audit log went into the answer.
    pub(super) fn log_page(&mut self, page: Json) {
        self.log_pages.push(page);
    }

    /// That the answer does not leave: what was read for it was read by nobody.
    pub(super) fn forget_reads(&mut self) {
        self.reads.clear();
        self.log_pages.clear();
    }

    /// The refusals, as the log is told of them.
    pub(super) fn take_refusals(&mut self, signature: &Signature<'_>) -> Vec<Incident> {
        let actor = self.actor.as_ref().map(|(_, id, name)| (*id, name.clone()));
        let refused = std::mem::take(&mut self.refused);
        refused
            .into_iter()
            .map(|refused| Incident {
                kind: IncidentKind::AccessRefused,
                reason: refused.reason,
                actor: actor.clone(),
                operation: refused.operation,
                subject: refused.subject,
                request_id: Some(signature.request_id),
                at: signature.at,
            })
            .collect()
    }

    /// What was read that the log has to be told of before the answer leaves, and of which municipality.
    pub(super) fn take_reads(&mut self, signature: &Signature<'_>) -> Option<(Uuid, Vec<Event>)> {
        let things: BTreeSet<Thing> = self.reads.drain(..).flat_map(|reads| reads.take()).collect();
        let pages = std::mem::take(&mut self.log_pages);
        let (municipality_id, actor_id, actor) = self.actor.clone()?;
        let event = |action: &str, subject: (String, Option<Uuid>), payload: Json| Event {
            occurred_at: signature.at,
            actor_id: Some(actor_id),
            actor: actor.clone(),
            request_id: Some(signature.request_id),
            action: action.to_owned(),
            subject_type: subject.0,
            subject_id: subject.1,
            payload,
        };
        let mut events = Vec::new();
        if !things.is_empty() {
            let subject = match things.first() {
                Some((kind, id)) if things.len() == 1 => ((*kind).to_owned(), Some(*id)),
                _ => ("confidential".to_owned(), None),
            };
            events.push(event(
                "confidential.read",
                subject,
                content(signature.operation, &things),
            ));
        }
        if !pages.is_empty() {
            let payload = json!({ "operation": signature.operation, "pages": pages });
            events.push(event("audit_log.read", ("audit_event".to_owned(), None), payload));
        }
        (!events.is_empty()).then_some((municipality_id, events))
    }
}

fn content(operation: Option<&str>, things: &BTreeSet<Thing>) -> Json {
    let mut read: Map<String, Json> = Map::new();
    for (kind, id) in things.iter().take(NAMED) {
        let ids = read.entry(*kind).or_insert_with(|| json!([]));
        if let Some(ids) = ids.as_array_mut() {
            ids.push(json!(id));
        }
    }
    json!({ "operation": operation, "count": things.len(), "read": read })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_names_so_many_and_counts_all() {
        let things: BTreeSet<Thing> = (0..NAMED as u128 + 7)
            .map(|number| ("finding", Uuid::from_u128(number)))
            .collect();
        let payload = content(Some("Everything"), &things);
        assert_eq!(payload["count"], NAMED + 7);
        assert_eq!(payload["read"]["finding"].as_array().map(Vec::len), Some(NAMED));
    }
}

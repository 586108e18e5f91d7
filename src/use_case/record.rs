//! What is recorded of a changed row.

use crate::{access::Permit, audit};
use chrono::{DateTime, Utc};
use entity::outbox_event;
use sea_orm::{
    ActiveValue::Set, EntityName, EntityTrait, Iden, Iterable, ModelTrait, sea_query::sea_value_to_json_value,
};
use serde_json::{Map, Value as Json, json};
use uuid::Uuid;

/// Columns that are no facts of their own: the tenant, which every event has, helpers made from other columns, a
/// report's frozen content, which its hash stands for, and what a token is recognised by.
const LEFT_OUT: [&str; 7] = [
    "municipality_id",
    "name_key",
    "due_key",
    "severity_rank",
    "frozen",
    "token_hash",
    "created_at",
];

/// Who changes something.
#[derive(Clone, Copy)]
pub(super) enum By<'a> {
    /// A user, under a right of theirs.
    User(&'a Permit),
    /// Nobody who is signed in: the operator, or the program itself.
    Unattended(&'static str),
}

/// What happened to a row.
pub(super) struct Change<'a> {
    pub(super) by: By<'a>,
    pub(super) request_id: Option<Uuid>,
    pub(super) use_case: &'static str,
    pub(super) at: DateTime<Utc>,
    pub(super) verb: &'static str,
    pub(super) subject: Subject,
    pub(super) before: Option<Map<String, Json>>,
    pub(super) after: Option<Map<String, Json>>,
}

/// The row that it happened to.
pub(super) struct Subject {
    pub(super) kind: String,
    pub(super) id: Option<Uuid>,
}

impl Change<'_> {
    /// The change as the audit log has it.
    pub(super) fn event(self) -> audit::Event {
        let permit = match self.by {
            By::User(permit) => Some(permit),
            By::Unattended(_) => None,
        };
        let payload = json!({
            "useCase": self.use_case,
            "right": permit.and_then(Permit::right).map(|right| right.to_string()),
            "before": self.before,
            "after": self.after,
        });
        audit::Event {
            occurred_at: self.at,
            actor_id: permit.map(|permit| permit.user().id),
            actor: match self.by {
                By::User(permit) => permit.user().username.clone(),
                By::Unattended(actor) => actor.to_owned(),
            },
            request_id: self.request_id,
            action: format!("{}.{}", self.subject.kind, self.verb),
            subject_type: self.subject.kind,
            subject_id: self.subject.id,
            payload,
        }
    }
}

/// What others are told of an event with this number. What changed is read anew by whoever is told, in their own
/// scope: nothing confidential waits here.
pub(super) fn announcement(municipality_id: Uuid, sequence: i64, event: &audit::Event) -> outbox_event::ActiveModel {
    outbox_event::ActiveModel {
        municipality_id: Set(municipality_id),
        sequence: Set(sequence),
        kind: Set(event.action.clone()),
        subject_type: Set(event.subject_type.clone()),
        subject_id: Set(event.subject_id.unwrap_or(municipality_id)),
        payload: Set(json!({})),
        occurred_at: Set(event.occurred_at),
        dispatched_at: Set(None),
    }
}

/// A row's facts by column.
pub(super) fn facts<M: ModelTrait>(row: &M) -> Map<String, Json> {
    <M::Entity as EntityTrait>::Column::iter()
        .map(|column| (column.to_string(), column))
        .filter(|(name, _)| !LEFT_OUT.contains(&name.as_str()))
        .map(|(name, column)| (name, sea_value_to_json_value(&row.get(column))))
        .collect()
}

/// The row's table and id.
pub(super) fn subject<M: ModelTrait>(row: &M) -> Subject {
    use std::str::FromStr;
    let id = <M::Entity as EntityTrait>::Column::from_str("id")
        .ok()
        .and_then(|column| row.get(column).as_ref_uuid().copied());
    Subject {
        kind: M::Entity::default().table_name().to_owned(),
        id,
    }
}

/// Only what differs, of both.
pub(super) fn differences(old: Map<String, Json>, new: Map<String, Json>) -> (Map<String, Json>, Map<String, Json>) {
    old.into_iter()
        .zip(new)
        .filter(|((_, old), (_, new))| old != new)
        .unzip()
}

use super::super::store::ActorOf;
use crate::{
    graphql::{DateTime, NodeKind, Result, Row},
    organisation::User,
};
use async_graphql::{ID, Json, Object};
use entity::audit_event;
use serde_json::Value;

/// An event of the audit log: something that was done, read or refused. It never changes; its payload can be erased
/// lawfully, which an event of its own records.
#[derive(Clone)]
pub struct AuditEvent(Row<audit_event::Model>);

impl From<Row<audit_event::Model>> for AuditEvent {
    fn from(row: Row<audit_event::Model>) -> Self {
        Self(row)
    }
}

/// An event of the audit log: something that was done, read or refused. It never changes; its payload can be erased
/// lawfully, which an event of its own records.
#[Object]
impl AuditEvent {
    /// Its number in the municipality's log, from 1 without gaps: a whole number in decimal digits, as text, since it may
    /// outgrow `Int`.
    async fn sequence(&self) -> String {
        self.0.sequence.to_string()
    }

    /// When it happened.
    async fn occurred_at(&self) -> DateTime {
        DateTime(self.0.occurred_at)
    }

    /// Who did it, as they were called then: a username, `operator` for who runs the program, or `nobody`.
    async fn actor(&self) -> &str {
        &self.0.actor
    }

    /// The user who did it; null when it was no user.
    async fn actor_user(&self) -> Result<Option<User>> {
        Ok(self.0.one(ActorOf).await?.map(Into::into))
    }

    /// The id of the request that it happened in, as in the header `x-request-id`; null outside of one.
    async fn request_id(&self) -> Option<String> {
        self.0.request_id.map(|id| id.to_string())
    }

    /// What was done, such as `finding.changed`, `confidential.read` or `access.refused`.
    async fn action(&self) -> &str {
        &self.0.action
    }

    /// The kind of thing that it was done to, named as its table, such as `finding`.
    async fn subject_type(&self) -> &str {
        &self.0.subject_type
    }

    /// The global id of the thing that it was done to; null where there is none, or the kind has no global ids.
    async fn subject_id(&self) -> Option<ID> {
        let kind = NodeKind::of_table(&self.0.subject_type)?;
        Some(kind.encode(self.0.subject_id?))
    }

    /// What more is known of it, such as the values before and after; null once it was erased.
    async fn payload(&self) -> Option<Json<Value>> {
        self.0.payload.clone().map(Json)
    }

    /// Whether its payload was erased.
    async fn erased(&self) -> bool {
        self.0.payload.is_none()
    }

    /// Its hash, in hexadecimal: SHA-256 over the event and the hash of the one before it.
    async fn hash(&self) -> &str {
        &self.0.hash
    }
}

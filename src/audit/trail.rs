use super::{
    AuditKey, Head,
    chain::{Link, payload_digest, salt},
};
use crate::database::{Database, Session, StoreError, insert_all};
use chrono::{DateTime, SubsecRound, Utc};
use entity::{audit_event, audit_head};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::Expr};
use serde_json::Value as Json;
use uuid::Uuid;

/// Something to be remembered.
#[derive(Clone, Debug)]
pub struct Event {
    /// When it happened.
    pub occurred_at: DateTime<Utc>,
    /// The user who did it; none for the operator and for those who are not signed in.
    pub actor_id: Option<Uuid>,
    /// Who did it, as they were called then.
    pub actor: String,
    /// The request that it happened in.
    pub request_id: Option<Uuid>,
    /// What was done, such as `finding.changed`.
    pub action: String,
    /// The kind of thing that it was done to.
    pub subject_type: String,
    /// The thing that it was done to.
    pub subject_id: Option<Uuid>,
    /// More of it: the values before and after, or what was read.
    pub payload: Json,
}

/// The events of one transaction, numbered and chained on from the municipality's latest.
///
/// Beginning it locks the municipality's head: writers of one municipality take turns, so that numbers have no gaps,
/// the chain has no branches, and each sees all that the one before it stored. The events are stored together at the
/// end, in one statement.
#[derive(Debug)]
pub struct Trail {
    key: AuditKey,
    head: Head,
    seed: [u8; 32],
    events: Vec<audit_event::ActiveModel>,
}

impl Trail {
    /// Begins at the head of a municipality's log; `None` when there is no such municipality.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(name = "audit", level = "debug", skip_all)]
    pub async fn begin(session: &Session, key: &AuditKey, municipality_id: Uuid) -> Result<Option<Self>, StoreError> {
        let head = audit_head::Entity::find()
            .filter(audit_head::Column::MunicipalityId.eq(municipality_id))
            .lock_exclusive()
            .one(session)
            .await?;
        let Some(head) = head else { return Ok(None) };
        let mut seed = [0; 32];
        getrandom::fill(&mut seed).map_err(|error| StoreError::Content(format!("no randomness: {error}")))?;
        Ok(Some(Self {
            key: key.clone(),
            head: Head::of(&head),
            seed,
            events: Vec::new(),
        }))
    }

    /// Adds an event, and answers its number.
    ///
    /// # Errors
    /// When its payload holds a number that JSON has no form for.
    #[tracing::instrument(name = "audit", level = "debug", skip_all)]
    pub fn record(&mut self, event: Event) -> Result<i64, StoreError> {
        let unfit =
            |error: serde_json::Error| StoreError::Content(format!("an audit event cannot be chained: {error}"));
        let sequence = self.head.sequence + 1;
        // As precise as both databases keep it: the hash is of what is read again.
        let occurred_at = event.occurred_at.trunc_subsecs(6);
        let salt = salt(&self.seed, sequence);
        let payload_digest = payload_digest(&salt, &event.payload).map_err(unfit)?;
        let link = Link {
            municipality_id: self.head.municipality_id,
            sequence,
            occurred_at,
            actor_id: event.actor_id,
            actor: &event.actor,
            request_id: event.request_id,
            action: &event.action,
            subject_type: &event.subject_type,
            subject_id: event.subject_id,
            payload_digest: &payload_digest,
        };
        let hash = link.hash(&self.head.hash).map_err(unfit)?;
        self.head.sequence = sequence;
        self.head.hash.clone_from(&hash);
        self.events.push(audit_event::ActiveModel {
            municipality_id: Set(self.head.municipality_id),
            sequence: Set(sequence),
            occurred_at: Set(occurred_at),
            actor_id: Set(event.actor_id),
            actor: Set(event.actor),
            request_id: Set(event.request_id),
            action: Set(event.action),
            subject_type: Set(event.subject_type),
            subject_id: Set(event.subject_id),
            payload: Set(Some(event.payload)),
            salt: Set(Some(salt)),
            payload_digest: Set(payload_digest),
            hash: Set(hash),
        });
        Ok(sequence)
    }

    /// Stores the events, and moves the municipality's signed head to the last of them. To be committed with what they
    /// tell of.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(name = "audit", level = "debug", skip_all)]
    pub async fn end(self, session: &Session) -> Result<(), StoreError> {
        if self.events.is_empty() {
            return Ok(());
        }
        insert_all(session, self.events).await?;
        let signature = self.key.sign(&self.head);
        audit_head::Entity::update_many()
            .col_expr(audit_head::Column::Sequence, Expr::val(self.head.sequence))
            .col_expr(audit_head::Column::Hash, Expr::val(self.head.hash))
            .col_expr(audit_head::Column::KeyId, Expr::val(self.key.public().id()))
            .col_expr(audit_head::Column::Signature, Expr::val(signature))
            .filter(audit_head::Column::MunicipalityId.eq(self.head.municipality_id))
            .exec(session)
            .await?;
        Ok(())
    }
}

/// Stores events in a transaction of their own.
///
/// # Errors
/// When the municipality has no log, or the database fails: none of them is stored then.
pub async fn record(
    database: &Database,
    key: &AuditKey,
    municipality_id: Uuid,
    events: Vec<Event>,
) -> Result<(), StoreError> {
    let session = database.write(municipality_id).await?;
    let trail = Trail::begin(&session, key, municipality_id).await?;
    let mut trail = trail.ok_or_else(|| no_log(municipality_id))?;
    for event in events {
        trail.record(event)?;
    }
    trail.end(&session).await?;
    session.commit().await
}

/// There is no log to write in.
pub(super) fn no_log(municipality_id: Uuid) -> StoreError {
    StoreError::Content(format!("there is no audit log of a municipality {municipality_id}"))
}

/// Lays out the log of a municipality that is being founded.
///
/// # Errors
/// When the database fails, or the log is there already.
pub async fn lay_out(session: &Session, municipality_id: Uuid) -> Result<(), StoreError> {
    let head = Head::empty(municipality_id);
    let row = audit_head::ActiveModel {
        municipality_id: Set(municipality_id),
        sequence: Set(head.sequence),
        hash: Set(head.hash),
        key_id: Set(None),
        signature: Set(None),
    };
    audit_head::Entity::insert(row).exec_without_returning(session).await?;
    Ok(())
}

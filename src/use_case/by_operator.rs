use super::record::{By, Change, facts, subject};
use crate::{
    access::Gate,
    audit::{self, Trail},
    database::{Session, StoreError},
};
use chrono::{DateTime, Utc};
use sea_orm::{ActiveModelBehavior, ActiveModelTrait, EntityTrait, IntoActiveModel, ModelTrait};
use serde_json::{Map, Value as Json};
use uuid::Uuid;

/// A change by the operator's command line, where nobody is signed in: each row is recorded as the operator's.
#[derive(Debug)]
pub(crate) struct ByOperator {
    trail: Trail,
    command: &'static str,
    at: DateTime<Utc>,
}

impl ByOperator {
    /// Begins in a transaction, with the log of a municipality that has one. `command` is what the log names it by.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn begin(
        session: &Session,
        gate: &Gate,
        municipality_id: Uuid,
        command: &'static str,
    ) -> Result<Self, StoreError> {
        let trail = Trail::begin(session, gate.audit_key(), municipality_id).await?;
        Ok(Self {
            trail: trail.ok_or_else(|| StoreError::Content("the municipality has no log".to_owned()))?,
            command,
            at: gate.clock().now(),
        })
    }

    /// Stores a row.
    ///
    /// # Errors
    /// When the database refuses it.
    pub(crate) async fn insert<A>(
        &mut self,
        session: &Session,
        row: A,
    ) -> Result<<A::Entity as EntityTrait>::Model, StoreError>
    where
        A: ActiveModelTrait + ActiveModelBehavior + Send,
        <A::Entity as EntityTrait>::Model: IntoActiveModel<A>,
    {
        let row = row.insert(session).await?;
        self.created(&row)?;
        Ok(row)
    }

    /// Records a row that was made.
    ///
    /// # Errors
    /// When it has no form in the log.
    pub(crate) fn created<M: ModelTrait>(&mut self, row: &M) -> Result<(), StoreError> {
        self.record("created", None, row)
    }

    /// Records a row that was changed.
    ///
    /// # Errors
    /// When it has no form in the log.
    pub(crate) fn changed<M: ModelTrait>(&mut self, before: &M, after: &M) -> Result<(), StoreError> {
        self.record("changed", Some(facts(before)), after)
    }

    fn record<M: ModelTrait>(
        &mut self,
        verb: &'static str,
        before: Option<Map<String, Json>>,
        after: &M,
    ) -> Result<(), StoreError> {
        let change = Change {
            by: By::Unattended(audit::OPERATOR),
            request_id: None,
            use_case: self.command,
            at: self.at,
            verb,
            subject: subject(after),
            before,
            after: Some(facts(after)),
        };
        self.trail.record(change.event())?;
        Ok(())
    }

    /// Stores what was recorded.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn end(self, session: &Session) -> Result<(), StoreError> {
        self.trail.end(session).await
    }
}

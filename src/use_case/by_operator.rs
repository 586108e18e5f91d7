use super::record::{Change, facts, subject};
use crate::{
    access::Gate,
    audit::{self, Trail},
    database::{Session, StoreError},
};
use chrono::{DateTime, Utc};
use sea_orm::{ActiveModelBehavior, ActiveModelTrait, EntityTrait, IntoActiveModel, ModelTrait};
use uuid::Uuid;

/// The founding of a municipality by the operator: its first rows, each recorded as the operator's.
#[derive(Debug)]
pub(crate) struct Founding {
    trail: Trail,
    at: DateTime<Utc>,
}

/// The command that founds municipalities, as the audit log names it.
const COMMAND: &str = "municipality create";

impl Founding {
    /// Lays out the log of a municipality that is there, in the transaction that made it, and begins it with `row`.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn begin<M: ModelTrait>(
        session: &Session,
        gate: &Gate,
        municipality_id: Uuid,
        row: &M,
    ) -> Result<Self, StoreError> {
        audit::lay_out(session, municipality_id).await?;
        let trail = Trail::begin(session, gate.audit_key(), municipality_id).await?;
        let mut founding = Self {
            trail: trail.ok_or_else(|| StoreError::Content("the log that was laid out is not there".to_owned()))?,
            at: gate.clock().now(),
        };
        founding.record(row)?;
        Ok(founding)
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
        self.record(&row)?;
        Ok(row)
    }

    fn record<M: ModelTrait>(&mut self, row: &M) -> Result<(), StoreError> {
        let change = Change {
            permit: None,
            request_id: None,
            use_case: COMMAND,
            at: self.at,
            verb: "created",
            subject: subject(row),
            before: None,
            after: Some(facts(row)),
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

use super::record::{By, Change, differences, facts, subject};
use crate::{
    access::{Gate, Reader},
    audit::{self, Trail},
    database::StoreError,
};
use chrono::{DateTime, Utc};
use sea_orm::{ActiveModelBehavior, ActiveModelTrait, EntityTrait, IntoActiveModel, ModelTrait};
use serde_json::{Map, Value as Json};
use uuid::Uuid;

/// A transaction of the program's own, such as a background worker's: each row that it stores is recorded as the
/// system's. It has the municipality's log, so that it takes turns with all who write there.
#[derive(Debug)]
pub(crate) struct BySystem {
    reader: Reader,
    trail: Trail,
    task: &'static str,
    at: DateTime<Utc>,
}

impl BySystem {
    /// Begins in a municipality. `task` is what the log names it by.
    ///
    /// # Errors
    /// When the database fails, or the municipality has no log.
    pub(crate) async fn begin(gate: &Gate, municipality_id: Uuid, task: &'static str) -> Result<Self, StoreError> {
        let (reader, trail) = gate.system_writer(municipality_id).await?;
        Ok(Self {
            reader,
            trail,
            task,
            at: gate.clock().now(),
        })
    }

    /// The municipality's rows, as the transaction sees them.
    pub(crate) fn reader(&self) -> &Reader {
        &self.reader
    }

    /// The moment it is, by the domain's clock.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.at
    }

    /// Stores a row.
    ///
    /// # Errors
    /// When the database refuses it.
    pub(crate) async fn insert<A>(&mut self, row: A) -> Result<<A::Entity as EntityTrait>::Model, StoreError>
    where
        A: ActiveModelTrait + ActiveModelBehavior + Send,
        <A::Entity as EntityTrait>::Model: IntoActiveModel<A>,
    {
        let row = row.insert(self.reader.session()).await?;
        self.record("created", &row, None, facts(&row))?;
        Ok(row)
    }

    /// Changes a row that was read in this transaction.
    ///
    /// # Errors
    /// When the database refuses it.
    pub(crate) async fn update<M, A>(&mut self, before: &M, change: A) -> Result<M, StoreError>
    where
        M: ModelTrait + IntoActiveModel<A>,
        A: ActiveModelTrait<Entity = M::Entity> + ActiveModelBehavior + Send,
        M::Entity: EntityTrait<Model = M>,
    {
        let after = change.update(self.reader.session()).await?;
        let (old, new) = differences(facts(before), facts(&after));
        self.record("changed", &after, Some(old), new)?;
        Ok(after)
    }

    fn record<M: ModelTrait>(
        &mut self,
        verb: &'static str,
        row: &M,
        before: Option<Map<String, Json>>,
        after: Map<String, Json>,
    ) -> Result<(), StoreError> {
        let change = Change {
            by: By::Unattended(audit::SYSTEM),
            request_id: None,
            use_case: self.task,
            at: self.at,
            verb,
            subject: subject(row),
            before,
            after: Some(after),
        };
        self.trail.record(change.event())?;
        Ok(())
    }

    /// Makes everything last that was stored.
    ///
    /// # Errors
    /// When the database fails: nothing of it is stored then.
    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        let session = self.reader.into_session();
        self.trail.end(&session).await?;
        session.commit().await
    }
}

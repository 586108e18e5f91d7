use super::{
    Failure, Problem,
    record::{By, Change, announcement, differences, facts, subject},
};
use crate::{
    access::{Actor, Permit, Place, Reader, Right},
    audit::Trail,
    clock::Clock,
    database::{Session, StoreError, Stored, TenantTable, insert_all},
    graphql::NodeKind,
};
use async_graphql::ID;
use chrono::{DateTime, NaiveDate, Utc};
use entity::outbox_event;
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ActiveValue::Set, Condition, EntityTrait, IntoActiveModel, ModelTrait, Value,
};
use serde_json::{Map, Value as Json};
use std::str::FromStr;
use uuid::Uuid;

/// One use case's transaction: the only way to change anything.
///
/// Each change records itself: an audit event with the values before and after, and an outbox row.
#[derive(Debug)]
pub struct Transaction {
    reader: Reader,
    clock: Clock,
    request_id: Uuid,
    use_case: &'static str,
    trail: Trail,
    announcements: Vec<outbox_event::ActiveModel>,
    /// The number of the last of them.
    last_announced: Option<i64>,
}

impl Transaction {
    pub(super) fn begin(
        session: Session,
        trail: Trail,
        actor: Actor,
        clock: Clock,
        request_id: Uuid,
        use_case: &'static str,
    ) -> Self {
        Self {
            reader: Reader::within_transaction(session, actor, clock.clone()),
            clock,
            request_id,
            use_case,
            trail,
            announcements: Vec::new(),
            last_announced: None,
        }
    }

    /// What the actor can see, as the transaction sees it.
    #[must_use]
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// The actor's id.
    #[must_use]
    pub fn user_id(&self) -> Option<Uuid> {
        self.reader.actor().user_id()
    }

    /// The moment it is.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// The domain's day.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.clock.today()
    }

    /// The row that the input is about, which has to be there.
    ///
    /// # Errors
    /// A problem at `id` when the id is none of that kind, or there is no such row.
    pub async fn subject<E: TenantTable>(&self, kind: NodeKind, id: &ID) -> Result<E::Model, Failure> {
        self.visible_subject::<E>("id", kind, id, Condition::all()).await
    }

    /// The row that the input is about, which has to be among those that `visible` lets the actor see.
    ///
    /// # Errors
    /// A problem at `path` when the id is none of that kind, or the actor can see no such row.
    pub async fn visible_subject<E: TenantTable>(
        &self,
        path: &str,
        kind: NodeKind,
        id: &ID,
        visible: Condition,
    ) -> Result<E::Model, Failure> {
        let id = kind
            .decode(id)
            .map_err(|error| Problem::invalid(path, error.message()))?;
        let row = self.reader.visible_by_id::<E>(id, visible).await?;
        Ok(row.ok_or_else(|| Problem::not_found(path, kind))?)
    }

    /// Leave to use `right` at `place`.
    ///
    /// # Errors
    /// A problem `FORBIDDEN` when the actor has no such right there.
    pub fn permit(&self, right: Right, place: Place) -> Result<Permit, Failure> {
        Ok(self.reader.actor().permit(right, place)?)
    }

    /// Stores a new row.
    ///
    /// # Errors
    /// When the database refuses it.
    pub async fn insert<A>(&mut self, permit: &Permit, row: A) -> Result<<A::Entity as EntityTrait>::Model, Failure>
    where
        A: ActiveModelTrait + ActiveModelBehavior + Send,
        <A::Entity as EntityTrait>::Model: IntoActiveModel<A>,
    {
        let row = row.insert(self.reader.session()).await?;
        self.record(permit, "created", &row, None, Some(facts(&row)))?;
        Ok(row)
    }

    /// Changes a row that was read in this transaction, and counts its version up where it has one. A change that
    /// changes nothing is not stored.
    ///
    /// # Errors
    /// When the database refuses it.
    pub async fn update<M, A>(&mut self, permit: &Permit, before: M, change: A) -> Result<M, Failure>
    where
        M: ModelTrait + IntoActiveModel<A>,
        A: ActiveModelTrait<Entity = M::Entity> + ActiveModelBehavior + Send,
        M::Entity: EntityTrait<Model = M>,
    {
        let mut change = change;
        let old = facts(&before);
        if !changes_something(&before, &change) {
            return Ok(before);
        }
        if let Some((column, version)) = version_of(&before) {
            change.set(column, Value::from(version + 1));
        }
        let after = change.update(self.reader.session()).await?;
        let (old, new) = differences(old, facts(&after));
        self.record(permit, "changed", &after, Some(old), Some(new))?;
        Ok(after)
    }

    /// Counts up the version of a row that was read in this transaction and whose parts were changed: whoever read it
    /// before has to read it again.
    ///
    /// # Errors
    /// When the database refuses it.
    pub async fn touch<M, A>(&mut self, permit: &Permit, row: M) -> Result<M, Failure>
    where
        M: ModelTrait + IntoActiveModel<A>,
        A: ActiveModelTrait<Entity = M::Entity> + ActiveModelBehavior + Send,
        M::Entity: EntityTrait<Model = M>,
    {
        let mut change = row.clone().into_active_model();
        if let Some((column, version)) = version_of(&row) {
            change.set(column, Value::from(version + 1));
        }
        self.update(permit, row, change).await
    }

    /// Removes a row.
    ///
    /// # Errors
    /// When the database refuses it.
    pub async fn delete<M, A>(&mut self, permit: &Permit, row: M) -> Result<(), Failure>
    where
        M: ModelTrait + IntoActiveModel<A>,
        A: ActiveModelTrait<Entity = M::Entity> + ActiveModelBehavior + Send,
        M::Entity: EntityTrait<Model = M>,
    {
        self.record(permit, "removed", &row, Some(facts(&row)), None)?;
        row.delete(self.reader.session()).await?;
        Ok(())
    }

    fn record<M: ModelTrait>(
        &mut self,
        permit: &Permit,
        verb: &'static str,
        row: &M,
        before: Option<Map<String, Json>>,
        after: Option<Map<String, Json>>,
    ) -> Result<(), Failure> {
        let change = Change {
            by: By::User(permit),
            request_id: Some(self.request_id),
            use_case: self.use_case,
            at: self.clock.now(),
            verb,
            subject: subject(row),
            before,
            after,
        };
        let event = change.event();
        let mut announcement = announcement(permit.municipality_id(), 0, &event);
        let sequence = self.trail.record(event)?;
        announcement.sequence = Set(sequence);
        self.announcements.push(announcement);
        self.last_announced = Some(sequence);
        Ok(())
    }

    pub(super) async fn commit(self) -> Result<(), StoreError> {
        let municipality_id = self.reader.municipality_id();
        let mut session = self.reader.into_session();
        self.trail.end(&session).await?;
        insert_all(&session, self.announcements).await?;
        if let Some(sequence) = self.last_announced {
            let stored = Stored {
                municipality_id,
                sequence,
            };
            session.announce(stored).await?;
        }
        session.commit().await
    }
}

/// That a row still has the version which the actor read.
///
/// # Errors
/// A problem `CONFLICT` with the present version when it has another.
pub fn expect_version<M: ModelTrait>(row: &M, expected: i32) -> Result<(), Problem> {
    match version_of(row) {
        Some((_, current)) if current != expected => Err(Problem::stale(expected, current)),
        _ => Ok(()),
    }
}

fn version_of<M: ModelTrait>(row: &M) -> Option<(<M::Entity as EntityTrait>::Column, i32)> {
    let column = <M::Entity as EntityTrait>::Column::from_str("version").ok()?;
    match row.get(column) {
        Value::Int(Some(version)) => Some((column, version)),
        _ => None,
    }
}

fn changes_something<M, A>(before: &M, change: &A) -> bool
where
    M: ModelTrait,
    A: ActiveModelTrait<Entity = M::Entity>,
{
    use sea_orm::{ActiveValue, Iterable};
    <M::Entity as EntityTrait>::Column::iter().any(|column| match change.get(column) {
        ActiveValue::Set(value) => value != before.get(column),
        _ => false,
    })
}

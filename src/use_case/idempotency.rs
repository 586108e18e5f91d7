use super::{Failure, Problem, ProblemKind};
use crate::{
    clock::Clock,
    database::{Session, StoreError},
};
use chrono::{DateTime, TimeDelta, Utc};
use entity::idempotency_key::{self, Column};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};
use uuid::Uuid;

/// For how long a repeated key answers with the object of the first time.
pub const IDEMPOTENCY_HOURS: i64 = 24;

/// The most characters that a key may have.
const KEY_LENGTH: usize = 200;

/// A client's key for a change that it may have to send again, and the digest of the input that it came with.
#[derive(Clone, Debug)]
pub struct Repeatable {
    /// The client's key.
    pub key: String,
    /// SHA-256 of the input without the key, as RFC 8785 JSON, in hexadecimal.
    pub input_hash: String,
}

/// Whose key it is, and of which use case.
#[derive(Clone, Copy)]
pub(super) struct Owner {
    pub(super) municipality_id: Uuid,
    pub(super) user_id: Uuid,
    pub(super) use_case: &'static str,
}

impl Repeatable {
    /// The object of the first time, if this is a repetition.
    pub(super) async fn earlier(&self, session: &Session, owner: Owner) -> Result<Option<Uuid>, Failure> {
        if self.key.is_empty() || self.key.chars().count() > KEY_LENGTH {
            return Err(Problem::invalid("idempotencyKey", message!("use-case-key-length", most = KEY_LENGTH)).into());
        }
        let row = idempotency_key::Entity::find()
            .filter(Column::MunicipalityId.eq(owner.municipality_id))
            .filter(Column::ActorId.eq(owner.user_id))
            .filter(Column::Mutation.eq(owner.use_case))
            .filter(Column::Key.eq(&self.key))
            .filter(Column::CreatedAt.gt(horizon()))
            .one(session)
            .await?;
        match row {
            None => Ok(None),
            Some(row) if row.input_hash == self.input_hash => Ok(Some(row.object_id)),
            Some(_) => Err(Problem::new(
                ProblemKind::Conflict { current_version: None },
                "idempotencyKey",
                message!("use-case-key-reused", hours = IDEMPOTENCY_HOURS),
            )
            .into()),
        }
    }

    /// Keeps the key with the object, and drops the municipality's keys that are too old to be answered.
    pub(super) async fn keep(self, session: &Session, owner: Owner, object_id: Uuid) -> Result<(), StoreError> {
        idempotency_key::Entity::delete_many()
            .filter(Column::MunicipalityId.eq(owner.municipality_id))
            .filter(Column::CreatedAt.lte(horizon()))
            .exec(session)
            .await?;
        idempotency_key::ActiveModel {
            municipality_id: Set(owner.municipality_id),
            actor_id: Set(owner.user_id),
            mutation: Set(owner.use_case.to_owned()),
            key: Set(self.key),
            input_hash: Set(self.input_hash),
            object_id: Set(object_id),
            created_at: Set(now()),
        }
        .insert(session)
        .await?;
        Ok(())
    }
}

fn horizon() -> DateTime<Utc> {
    now() - TimeDelta::hours(IDEMPOTENCY_HOURS)
}

/// The real time: how long a key holds is between the client and the server, like the life of a token. By a domain
/// clock that stands still it would never end.
fn now() -> DateTime<Utc> {
    Clock::default().now()
}

use super::{ActingUser, Actor, Identity, Policy, Reader, grant};
use crate::{
    clock::Clock,
    database::{Database, Session, StoreError},
};
use entity::municipality;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::sync::Arc;

/// The way in: turns an identity into a reader, or into a session to write in.
///
/// The actor is read in the request's own session, so that an assignment that has ended, or a user who was disabled,
/// counts from the next request on, in every server process.
#[derive(Clone, Debug)]
pub struct Gate {
    database: Database,
    policy: Arc<Policy>,
    clock: Clock,
}

/// Why the way in is closed.
#[derive(Debug, thiserror::Error)]
pub enum AccessError {
    /// There is no such active user, or no such municipality.
    #[error("the user is not known here, or is no longer active")]
    Unknown,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Gate {
    /// The way into `database` under `policy`.
    #[must_use]
    pub fn new(database: Database, policy: Policy, clock: Clock) -> Self {
        Self {
            database,
            policy: Arc::new(policy),
            clock,
        }
    }

    /// The clock that the day is read from.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// The database behind the gate.
    #[must_use]
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// What `identity` can see, on one snapshot of the database.
    ///
    /// # Errors
    /// When there is no such active user or municipality, or the database fails.
    pub async fn reader(&self, identity: &Identity) -> Result<Reader, AccessError> {
        let session = self.database.read().await?;
        let actor = self.actor(&session, identity).await?;
        Ok(Reader::new(session, actor, self.clock.clone()))
    }

    /// A session that `identity` can write in, with who they are.
    ///
    /// # Errors
    /// As [`Self::reader`].
    pub(crate) async fn writer(&self, identity: &Identity) -> Result<(Session, Actor), AccessError> {
        let session = self.database.write().await?;
        let actor = self.actor(&session, identity).await?;
        Ok((session, actor))
    }

    async fn actor(&self, session: &Session, identity: &Identity) -> Result<Actor, AccessError> {
        let policy = Arc::clone(&self.policy);
        match identity {
            Identity::User {
                municipality_id,
                user_id,
            } => {
                let holder = grant::holder(session, *municipality_id, *user_id, self.clock.today()).await?;
                let holder = holder.ok_or(AccessError::Unknown)?;
                let user = ActingUser {
                    id: *user_id,
                    username: holder.username,
                    name: holder.name,
                };
                Ok(Actor::user_of(*municipality_id, user, holder.grants, policy))
            }
            Identity::Public { municipality_code } => {
                let municipality = municipality::Entity::find()
                    .filter(municipality::Column::Code.eq(municipality_code))
                    .one(session)
                    .await
                    .map_err(StoreError::from)?
                    .ok_or(AccessError::Unknown)?;
                Ok(Actor::public_of(municipality.id, policy))
            }
        }
    }
}

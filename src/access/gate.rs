use super::{
    ActingUser, Actor, Directory, Identity, Policy, Reader, grant,
    known_tokens::KnownTokens,
    policies::{self, Policies},
    token_use::TokenUse,
};
use crate::{
    audit::{AuditKey, Incidents, Trail},
    clock::Clock,
    database::{Database, Session, StoreError},
};
use chrono::{DateTime, Utc};
use entity::service_token;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::sync::Arc;
use uuid::Uuid;

/// The way in: turns an identity into a reader, or into a session to write in.
///
/// The actor is read in the request's own session, so that an assignment that has ended, or a user who was disabled,
/// counts from the next request on, in every server process.
#[derive(Clone, Debug)]
pub struct Gate {
    database: Database,
    directory: Directory,
    policies: Policies,
    clock: Clock,
    audit_key: AuditKey,
    known_tokens: KnownTokens,
    token_use: TokenUse,
    incidents: Arc<Incidents>,
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
    /// The way into `database`. `shipped` is the policy of municipalities that have none of their own, `audit_key` signs
    /// what is done.
    #[must_use]
    pub fn new(database: Database, shipped: Policy, clock: Clock, audit_key: AuditKey) -> Self {
        Self {
            directory: Directory::of(database.clone()),
            database,
            policies: Policies::new(shipped),
            clock,
            audit_key,
            known_tokens: KnownTokens::default(),
            token_use: TokenUse::default(),
            incidents: Arc::default(),
        }
    }

    /// The same way in at another time.
    #[must_use]
    pub fn at(&self, clock: Clock) -> Self {
        Self { clock, ..self.clone() }
    }

    /// The key that signs the heads of audit logs.
    #[must_use]
    pub fn audit_key(&self) -> &AuditKey {
        &self.audit_key
    }

    /// What was refused, on its way into the log.
    #[must_use]
    pub fn incidents(&self) -> &Incidents {
        &self.incidents
    }

    /// The clock that the day is read from.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// The municipalities that there are.
    #[must_use]
    pub fn directory(&self) -> &Directory {
        &self.directory
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
        let session = self.database.read(identity.municipality_id()).await?;
        let actor = self.actor(&session, identity).await?;
        Ok(Reader::new(session, actor, self.clock.clone()))
    }

    /// A municipality as the operator's commands and the program itself read it: its rows, and no right in it.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn operator(&self, municipality_id: Uuid) -> Result<Reader, StoreError> {
        let session = self.database.read(municipality_id).await?;
        let actor = Actor::public_of(municipality_id, Arc::clone(self.policies.shipped()));
        Ok(Reader::new(session, actor, self.clock.clone()))
    }

    /// The policy in force in a municipality.
    ///
    /// # Errors
    /// When the database fails, or the stored policy cannot be read.
    pub(crate) async fn policy(&self, reader: &Reader) -> Result<(i32, Arc<Policy>), StoreError> {
        let municipality_id = reader.municipality_id();
        let number = policies::in_force(reader).await?;
        let policy = self
            .policies
            .numbered(reader.session(), municipality_id, number)
            .await?;
        Ok((number, policy))
    }

    /// The account that a service token was given to, whether the token is still valid or not.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn account_of_token(&self, identity: &Identity) -> Result<Option<Uuid>, StoreError> {
        let Identity::Service {
            municipality_id,
            token_hash,
        } = identity
        else {
            return Ok(None);
        };
        if let Some(account) = self.known_tokens.account(token_hash) {
            return Ok(Some(account));
        }
        let found = self.service_token(*municipality_id, token_hash).await?;
        let account = found.map(|token| token.user_id);
        if let Some(account) = account {
            self.known_tokens.learn(token_hash, account);
        }
        Ok(account)
    }

    /// When the service token that `identity` comes with expires; none of others.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn expiry_of_token(&self, identity: &Identity) -> Result<Option<DateTime<Utc>>, StoreError> {
        let Identity::Service {
            municipality_id,
            token_hash,
        } = identity
        else {
            return Ok(None);
        };
        let found = self.service_token(*municipality_id, token_hash).await?;
        Ok(found.map(|token| token.expires_at))
    }

    async fn service_token(
        &self,
        municipality_id: Uuid,
        token_hash: &str,
    ) -> Result<Option<service_token::Model>, StoreError> {
        let session = self.database.read(municipality_id).await?;
        Ok(service_token::Entity::find()
            .filter(service_token::Column::MunicipalityId.eq(municipality_id))
            .filter(service_token::Column::TokenHash.eq(token_hash))
            .one(&session)
            .await?)
    }

    /// A session that `identity` can write in, with the municipality's log and who they are: read after the log is
    /// locked, so that nobody acts by a role that another transaction has just ended.
    ///
    /// # Errors
    /// As [`Self::reader`]; the public writes nothing.
    pub(crate) async fn writer(&self, identity: &Identity) -> Result<(Session, Trail, Actor), AccessError> {
        let municipality_id = identity.municipality_id();
        let session = self.database.write(municipality_id).await?;
        let trail = Trail::begin(&session, &self.audit_key, municipality_id).await?;
        let trail = trail.ok_or(AccessError::Unknown)?;
        let actor = self.actor(&session, identity).await?;
        Ok((session, trail, actor))
    }

    /// A session that the program itself writes in, with the municipality's log: its rows, and no right in it.
    ///
    /// # Errors
    /// When the database fails, or the municipality has no log.
    pub(crate) async fn system_writer(&self, municipality_id: Uuid) -> Result<(Reader, Trail), StoreError> {
        let session = self.database.write(municipality_id).await?;
        let trail = Trail::begin(&session, &self.audit_key, municipality_id).await?;
        let trail = trail.ok_or_else(|| StoreError::Content("the municipality has no log".to_owned()))?;
        let actor = Actor::public_of(municipality_id, Arc::clone(self.policies.shipped()));
        Ok((Reader::new(session, actor, self.clock.clone()), trail))
    }

    async fn actor(&self, session: &Session, identity: &Identity) -> Result<Actor, AccessError> {
        match identity {
            Identity::User { municipality_id, .. }
            | Identity::External { municipality_id, .. }
            | Identity::Service { municipality_id, .. } => {
                // The real time: how long a token is valid is between its holder and the server.
                let now = Clock::default().now();
                let holder = grant::holder(session, identity, self.clock.today(), now).await?;
                let holder = holder.ok_or(AccessError::Unknown)?;
                if let Identity::Service { token_hash, .. } = identity {
                    self.token_use.note(&self.database, *municipality_id, token_hash);
                }
                let policy = self.policies.numbered(session, *municipality_id, holder.policy).await?;
                let user = ActingUser {
                    id: holder.id,
                    username: holder.username,
                    name: holder.name,
                    language: holder.language,
                };
                Ok(Actor::user_of(
                    *municipality_id,
                    user,
                    holder.grants,
                    (holder.policy, policy),
                ))
            }
            Identity::Public { municipality_id } => {
                Ok(Actor::public_of(*municipality_id, Arc::clone(self.policies.shipped())))
            }
        }
    }
}

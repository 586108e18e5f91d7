use super::AccessChange;
use crate::{
    administration::store,
    graphql::{DateTime, NodeKind, Result, Row},
    organisation::User,
    row_object,
};
use async_graphql::{ID, Object};
use entity::service_token;

/// A token that a service account signs in with. The token itself was shown once, when it was made.
#[derive(Clone)]
pub struct ServiceToken(Row<service_token::Model>);

row_object!(ServiceToken(service_token::Model), load: store::overseen::<service_token::Entity>);

/// A token that a service account signs in with. The token itself was shown once, when it was made.
#[Object]
impl ServiceToken {
    /// Its global id.
    pub(crate) async fn id(&self) -> ID {
        NodeKind::ServiceToken.encode(self.0.id)
    }

    /// The service account.
    async fn user(&self) -> Result<User> {
        Ok(self.0.must(store::UserOfToken).await?.into())
    }

    /// What it is for, such as the system that has it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Its last characters, to tell it by.
    async fn hint(&self) -> &str {
        &self.0.hint
    }

    /// When it stops working, by the real time.
    async fn expires_at(&self) -> DateTime {
        DateTime(self.0.expires_at)
    }

    /// When it was revoked; null when it was not.
    async fn revoked_at(&self) -> Option<DateTime> {
        self.0.revoked_at.map(DateTime)
    }

    /// When it was last used, to the minute; null when it never was.
    async fn last_used_at(&self) -> Option<DateTime> {
        self.0.last_used_at.map(DateTime)
    }

    /// Whether it works until it expires or is revoked: one of an account that may read confidential content does not
    /// before a second administrator has approved it.
    async fn in_force(&self) -> bool {
        self.0.in_force
    }

    /// The administrator who was shown it: what the account does counts as done by them too, where duties are separated.
    async fn issued_by(&self) -> Result<Option<User>> {
        Ok(self.0.one(store::IssuerOfToken).await?.map(Into::into))
    }

    /// What it waits, or waited, for where it takes two administrators. For those who keep or oversee users and policy;
    /// null for others.
    async fn access_change(&self) -> Result<Option<AccessChange>> {
        Ok(self.0.one(store::ChangeOfToken).await?.map(Into::into))
    }

    /// Counts its changes: what `expectedVersion` is compared with.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

use super::AccessChange;
use crate::{
    administration::store,
    graphql::{DateTime, NodeKind, Result, Row},
    organisation::User,
    row_object,
};
use async_graphql::{ID, Object};
use entity::user_identity;

/// A link from somebody of an OpenID Connect provider to a user, who they sign in as.
#[derive(Clone)]
pub struct UserIdentity(Row<user_identity::Model>);

row_object!(UserIdentity(user_identity::Model), load: store::overseen::<user_identity::Entity>);

/// A link from somebody of an OpenID Connect provider to a user, who they sign in as.
#[Object]
impl UserIdentity {
    /// Its global id.
    pub(crate) async fn id(&self) -> ID {
        NodeKind::UserIdentity.encode(self.0.id)
    }

    /// The user.
    async fn user(&self) -> Result<User> {
        Ok(self.0.must(store::UserOfIdentity).await?.into())
    }

    /// The provider: the `iss` of its tokens.
    async fn issuer(&self) -> &str {
        &self.0.issuer
    }

    /// Who it is there.
    async fn subject(&self) -> &str {
        &self.0.subject
    }

    /// Whether they sign in by it: not before a second administrator has approved it, and not after it was ended.
    async fn in_force(&self) -> bool {
        self.0.in_force
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// What it waits, or waited, for where it takes two administrators. For those who keep or oversee users and policy;
    /// null for others.
    async fn access_change(&self) -> Result<Option<AccessChange>> {
        Ok(self.0.one(store::ChangeOfIdentity).await?.map(Into::into))
    }

    /// Counts its changes: what `expectedVersion` is compared with.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

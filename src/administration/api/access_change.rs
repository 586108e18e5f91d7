use super::{PolicyVersion, ServicePermission, ServiceToken, UserIdentity};
use crate::{
    administration::store,
    graphql::{DateTime, NodeKind, Result, Row},
    organisation::{RoleAssignment, User},
    row_object,
};
use async_graphql::{ID, Object};
use entity::{AccessChangeStatus, access_change};

/// A change of what somebody may see or do that takes two administrators: one who proposes it, and one who approves it
/// and gains nothing by it. One of its five subjects is not null.
#[derive(Clone)]
pub struct AccessChange(Row<access_change::Model>);

row_object!(AccessChange(access_change::Model), load: store::overseen::<access_change::Entity>);

/// A change of what somebody may see or do that takes two administrators: one who proposes it, and one who approves it
/// and gains nothing by it. One of its five subjects is not null.
#[Object]
impl AccessChange {
    /// Its global id.
    pub(crate) async fn id(&self) -> ID {
        NodeKind::AccessChange.encode(self.0.id)
    }

    /// How far it has come.
    async fn status(&self) -> AccessChangeStatus {
        self.0.status
    }

    /// The role that would read confidential content.
    async fn role_assignment(&self) -> Result<Option<RoleAssignment>> {
        Ok(self.0.one(store::RoleOfChange).await?.map(Into::into))
    }

    /// The permission of a service account to read confidential content.
    async fn service_permission(&self) -> Result<Option<ServicePermission>> {
        Ok(self.0.one(store::PermissionOfChange).await?.map(Into::into))
    }

    /// The token of a service account that may read confidential content.
    async fn service_token(&self) -> Result<Option<ServiceToken>> {
        Ok(self.0.one(store::TokenOfChange).await?.map(Into::into))
    }

    /// The link by which somebody would sign in.
    async fn user_identity(&self) -> Result<Option<UserIdentity>> {
        Ok(self.0.one(store::IdentityOfChange).await?.map(Into::into))
    }

    /// The version of the policy that would count.
    async fn policy_version(&self) -> Result<Option<PolicyVersion>> {
        Ok(self.0.one(store::PolicyOfChange).await?.map(Into::into))
    }

    /// Who proposed it.
    async fn proposed_by(&self) -> Result<Option<User>> {
        Ok(self.0.one(store::ProposerOfChange).await?.map(Into::into))
    }

    /// When it was proposed.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// Who approved, rejected or withdrew it.
    async fn decided_by(&self) -> Result<Option<User>> {
        Ok(self.0.one(store::DeciderOfChange).await?.map(Into::into))
    }

    /// When that was; null while it waits.
    async fn decided_at(&self) -> Option<DateTime> {
        self.0.decided_at.map(DateTime)
    }

    /// Why it was rejected.
    async fn reason(&self) -> Option<&String> {
        self.0.reason.as_ref()
    }

    /// Counts its changes: what `expectedVersion` is compared with.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

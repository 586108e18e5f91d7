use crate::{
    access::Permit,
    use_case::{Failure, Transaction},
};
use entity::{AccessChangeStatus, access_change};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

/// Something that is stored and not in force until a second administrator has approved it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Proposed {
    /// A role that reads confidential content.
    RoleAssignment(Uuid),
    /// A service account's permission to read confidential content.
    ServicePermission(Uuid),
    /// A token of a service account that has such a permission: its issuer could read by it.
    ServiceToken(Uuid),
    /// Who signs in as which user.
    UserIdentity(Uuid),
    /// A version of the policy.
    PolicyVersion(Uuid),
}

/// Lets something wait for a second administrator.
///
/// # Errors
/// When the database fails.
pub(crate) async fn propose(tx: &mut Transaction, permit: &Permit, proposed: Proposed) -> Result<(), Failure> {
    let mut change = access_change::ActiveModel {
        municipality_id: Set(permit.municipality_id()),
        id: Set(Uuid::now_v7()),
        role_assignment_id: Set(None),
        service_permission_id: Set(None),
        service_token_id: Set(None),
        user_identity_id: Set(None),
        policy_version_id: Set(None),
        status: Set(AccessChangeStatus::Pending),
        proposed_by: Set(tx.user_id()),
        decided_by: Set(None),
        decided_at: Set(None),
        reason: Set(None),
        version: Set(1),
        created_at: Set(tx.now()),
    };
    match proposed {
        Proposed::RoleAssignment(id) => change.role_assignment_id = Set(Some(id)),
        Proposed::ServicePermission(id) => change.service_permission_id = Set(Some(id)),
        Proposed::ServiceToken(id) => change.service_token_id = Set(Some(id)),
        Proposed::UserIdentity(id) => change.user_identity_id = Set(Some(id)),
        Proposed::PolicyVersion(id) => change.policy_version_id = Set(Some(id)),
    }
    tx.insert(permit, change).await?;
    Ok(())
}

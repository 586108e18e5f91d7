//! How the rows of administration belong together, for those who may see them.

use super::overseen;
use crate::{
    access::{Reader, rows_by_id, rows_referring},
    database::{StoreError, TenantTable},
    relation,
};
use entity::{
    access_change, committee, department, policy_version, role_assignment, service_permission, service_token,
    user_account, user_identity,
};
use uuid::Uuid;

/// Rows that refer to ids, for those who may see them.
async fn referring<E: TenantTable>(
    reader: &Reader,
    by: E::Column,
    ids: Vec<Uuid>,
) -> Result<Vec<(Uuid, E::Model)>, StoreError> {
    if super::oversees(reader) {
        rows_referring::<E>(reader, by, ids).await
    } else {
        Ok(Vec::new())
    }
}

relation! {
    /// A user's links to providers.
    IdentitiesOfUser: user_account::Model => user_identity::Model,
    |user| Some(user.id),
    |reader, keys| referring::<user_identity::Entity>(reader, user_identity::Column::UserId, keys)
}

relation! {
    /// A service account's permissions.
    PermissionsOfUser: user_account::Model => service_permission::Model,
    |user| Some(user.id),
    |reader, keys| referring::<service_permission::Entity>(reader, service_permission::Column::UserId, keys)
}

relation! {
    /// A service account's tokens.
    TokensOfUser: user_account::Model => service_token::Model,
    |user| Some(user.id),
    |reader, keys| referring::<service_token::Entity>(reader, service_token::Column::UserId, keys)
}

relation! {
    /// The user of a link.
    UserOfIdentity: user_identity::Model => user_account::Model,
    |link| Some(link.user_id), rows_by_id::<user_account::Entity>
}

relation! {
    /// The service account of a permission.
    UserOfPermission: service_permission::Model => user_account::Model,
    |permission| Some(permission.user_id), rows_by_id::<user_account::Entity>
}

relation! {
    /// The department that a permission is for.
    DepartmentOfPermission: service_permission::Model => department::Model,
    |permission| permission.department_id, rows_by_id::<department::Entity>
}

relation! {
    /// The committee that a permission is for.
    CommitteeOfPermission: service_permission::Model => committee::Model,
    |permission| permission.committee_id, rows_by_id::<committee::Entity>
}

relation! {
    /// The service account of a token.
    UserOfToken: service_token::Model => user_account::Model,
    |token| Some(token.user_id), rows_by_id::<user_account::Entity>
}

relation! {
    /// The administrator who was shown a token.
    IssuerOfToken: service_token::Model => user_account::Model,
    |token| token.issued_by, rows_by_id::<user_account::Entity>
}

relation! {
    /// The administrator who proposed a policy.
    ProposerOfPolicy: policy_version::Model => user_account::Model,
    |policy| policy.proposed_by, rows_by_id::<user_account::Entity>
}

relation! {
    /// The administrator who proposed a change.
    ProposerOfChange: access_change::Model => user_account::Model,
    |change| change.proposed_by, rows_by_id::<user_account::Entity>
}

relation! {
    /// The administrator who decided on a change.
    DeciderOfChange: access_change::Model => user_account::Model,
    |change| change.decided_by, rows_by_id::<user_account::Entity>
}

relation! {
    /// The role assignment that a change puts in force.
    RoleOfChange: access_change::Model => role_assignment::Model,
    |change| change.role_assignment_id, overseen::<role_assignment::Entity>
}

relation! {
    /// The permission that a change puts in force.
    PermissionOfChange: access_change::Model => service_permission::Model,
    |change| change.service_permission_id, overseen::<service_permission::Entity>
}

relation! {
    /// The token that a change puts in force.
    TokenOfChange: access_change::Model => service_token::Model,
    |change| change.service_token_id, overseen::<service_token::Entity>
}

relation! {
    /// The link that a change puts in force.
    IdentityOfChange: access_change::Model => user_identity::Model,
    |change| change.user_identity_id, overseen::<user_identity::Entity>
}

relation! {
    /// The policy that a change puts in force.
    PolicyOfChange: access_change::Model => policy_version::Model,
    |change| change.policy_version_id, overseen::<policy_version::Entity>
}

relation! {
    /// The change that a role assignment waits, or waited, for.
    ChangeOfRole: role_assignment::Model => access_change::Model,
    |row| Some(row.id), |reader, keys| referring::<access_change::Entity>(reader, access_change::Column::RoleAssignmentId, keys)
}

relation! {
    /// The change that a service permission waits, or waited, for.
    ChangeOfPermission: service_permission::Model => access_change::Model,
    |row| Some(row.id), |reader, keys| referring::<access_change::Entity>(reader, access_change::Column::ServicePermissionId, keys)
}

relation! {
    /// The change that a service token waits, or waited, for.
    ChangeOfToken: service_token::Model => access_change::Model,
    |row| Some(row.id), |reader, keys| referring::<access_change::Entity>(reader, access_change::Column::ServiceTokenId, keys)
}

relation! {
    /// The change that a user identity waits, or waited, for.
    ChangeOfIdentity: user_identity::Model => access_change::Model,
    |row| Some(row.id), |reader, keys| referring::<access_change::Entity>(reader, access_change::Column::UserIdentityId, keys)
}

relation! {
    /// The change that a policy version waits, or waited, for.
    ChangeOfPolicy: policy_version::Model => access_change::Model,
    |row| Some(row.id), |reader, keys| referring::<access_change::Entity>(reader, access_change::Column::PolicyVersionId, keys)
}

//! Reading what administration keeps.

mod relation;

pub(super) use relation::{
    ChangeOfIdentity, ChangeOfPermission, ChangeOfPolicy, ChangeOfToken, CommitteeOfPermission, DeciderOfChange,
    DepartmentOfPermission, IdentityOfChange, IssuerOfToken, PermissionOfChange, PolicyOfChange, ProposerOfChange,
    ProposerOfPolicy, RoleOfChange, TokenOfChange, UserOfIdentity, UserOfPermission, UserOfToken,
};
pub(crate) use relation::{ChangeOfRole, IdentitiesOfUser, PermissionsOfUser, TokensOfUser};

use crate::{
    access::{Place, Reader, Right, rows_by_id},
    database::{Page, PageError, Slice, SortKey, StoreError, TenantTable, counted_page},
};
use chrono::NaiveDate;
use entity::{
    AccessChangeStatus, Role, access_change, policy_version, role_assignment, service_permission, user_identity,
};
use sea_orm::{
    ColumnTrait, Condition, QueryFilter, QueryOrder,
    sea_query::{Expr, ExprTrait},
};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Whether the reader keeps users and policy, or oversees who does.
pub(super) fn oversees(reader: &Reader) -> bool {
    [Right::UserManage, Right::PolicyManage, Right::AuditLogRead]
        .into_iter()
        .any(|right| reader.may(right, Place::Municipality))
}

/// Rows by id, for those who keep users and policy or oversee it; nothing for others.
pub(super) async fn overseen<E: TenantTable>(
    reader: &Reader,
    ids: Vec<Uuid>,
) -> Result<Vec<(Uuid, E::Model)>, StoreError> {
    if !oversees(reader) {
        return Ok(Vec::new());
    }
    rows_by_id::<E>(reader, ids).await
}

/// Everything for those who keep users and policy or oversee it; nothing for others.
fn visible(reader: &Reader) -> Condition {
    if oversees(reader) {
        Condition::all()
    } else {
        Condition::all().add(Expr::val(1).eq(0))
    }
}

/// The link in force of somebody of a provider.
pub(super) async fn identity(
    reader: &Reader,
    issuer: &str,
    subject: &str,
) -> Result<Option<user_identity::Model>, StoreError> {
    use user_identity::Column;
    Ok(reader
        .find::<user_identity::Entity>()
        .filter(Column::Issuer.eq(issuer))
        .filter(Column::Subject.eq(subject))
        .filter(Column::InForce.eq(true))
        .one(reader.session())
        .await?)
}

/// Whether a version of the policy waits for a second administrator.
pub(super) async fn policy_waits(reader: &Reader) -> Result<bool, StoreError> {
    use access_change::Column;
    let waiting = reader
        .find::<access_change::Entity>()
        .filter(Column::Status.eq(AccessChangeStatus::Pending))
        .filter(Column::PolicyVersionId.is_not_null())
        .one(reader.session())
        .await?;
    Ok(waiting.is_some())
}

/// The number of the last policy that was proposed; 0 when none was.
pub(super) async fn last_policy_number(reader: &Reader) -> Result<i32, StoreError> {
    let last = reader
        .find::<policy_version::Entity>()
        .order_by_desc(policy_version::Column::Number)
        .one(reader.session())
        .await?;
    Ok(last.map_or(0, |version| version.number))
}

/// A version of the policy.
pub(super) async fn policy_numbered(reader: &Reader, number: i32) -> Result<Option<policy_version::Model>, StoreError> {
    Ok(reader
        .find::<policy_version::Entity>()
        .filter(policy_version::Column::Number.eq(number))
        .one(reader.session())
        .await?)
}

/// Who holds one of the roles on a day or later.
pub(super) async fn holders(reader: &Reader, roles: &[Role], day: NaiveDate) -> Result<BTreeSet<Uuid>, StoreError> {
    use role_assignment::Column;
    let rows = reader
        .find::<role_assignment::Entity>()
        .filter(Column::Role.is_in(roles.iter().copied()))
        .filter(Column::InForce.eq(true))
        .filter(Column::ValidTo.is_null().or(Column::ValidTo.gte(day)))
        .all(reader.session())
        .await?;
    Ok(rows.into_iter().map(|row| row.user_id).collect())
}

/// Whether a service account may read confidential content, now, later, or once that is approved.
pub(super) async fn may_read_confidential(reader: &Reader, user_id: Uuid) -> Result<bool, StoreError> {
    use service_permission::Column;
    let today = reader.today();
    let permissions = reader
        .find::<service_permission::Entity>()
        .filter(Column::UserId.eq(user_id))
        .filter(Column::ValidTo.is_null().or(Column::ValidTo.gte(today)))
        .all(reader.session())
        .await?;
    Ok(permissions
        .iter()
        .filter_map(|row| row.permission.parse::<Right>().ok())
        .any(Right::reads_confidential))
}

/// A page of what takes two administrators, the oldest first.
pub(super) async fn change_page(
    reader: &Reader,
    status: Option<AccessChangeStatus>,
    wanted: &Page,
    total: bool,
) -> Result<(Slice<access_change::Model>, i32), PageError> {
    let mut select = reader.find::<access_change::Entity>().filter(visible(reader));
    if let Some(status) = status {
        select = select.filter(access_change::Column::Status.eq(status));
    }
    let order = [SortKey::id(access_change::Column::Id.into_expr())];
    counted_page(reader.session(), select, "accessChanges", &order, wanted, total).await
}

/// A page of the versions of the policy, from the first.
pub(super) async fn policy_page(
    reader: &Reader,
    wanted: &Page,
    total: bool,
) -> Result<(Slice<policy_version::Model>, i32), PageError> {
    let select = reader.find::<policy_version::Entity>().filter(visible(reader));
    let order = [SortKey::number(policy_version::Column::Number.into_expr())];
    counted_page(reader.session(), select, "policyVersions", &order, wanted, total).await
}

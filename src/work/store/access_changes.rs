//! What waits for a second administrator.

use super::arm::{Arm, Told, by_another, column, none};
use crate::access::{Place, Reader, Right};
use entity::{
    AccessChangeStatus, WorkItemKind, access_change, role_assignment, service_permission, service_token, user_identity,
};
use sea_orm::{
    ColumnTrait, Condition, JoinType,
    sea_query::{Expr, SelectStatement},
};
use uuid::Uuid;

const LEFT: JoinType = JoinType::LeftJoin;

/// Changes that the reader neither proposed nor gains by. Who gains by a policy is found out when it is decided.
pub(super) fn arms(reader: &Reader, user_id: Uuid) -> Vec<SelectStatement> {
    use access_change::Column;
    let mut kinds = Condition::any();
    if reader.may(Right::PolicyManage, Place::Municipality) {
        kinds = kinds.add(Column::PolicyVersionId.is_not_null());
    }
    if reader.may(Right::UserManage, Place::Municipality) {
        kinds = kinds.add(Column::PolicyVersionId.is_null());
    }
    if kinds.is_empty() {
        return Vec::new();
    }
    let arm = Arm::from(reader, access_change::Entity)
        .join(
            LEFT,
            role_assignment::Entity,
            role_assignment::Column::Id,
            Column::RoleAssignmentId,
        )
        .join(
            LEFT,
            service_permission::Entity,
            service_permission::Column::Id,
            Column::ServicePermissionId,
        )
        .join(LEFT, service_token::Entity, service_token::Column::Id, Column::ServiceTokenId)
        .join(LEFT, user_identity::Entity, user_identity::Column::Id, Column::UserIdentityId)
        // It is no department's: the columns of one are there all the same.
        .of_department(Column::MunicipalityId)
        .filter(kinds)
        .filter(Condition::all().add(Column::Status.eq(AccessChangeStatus::Pending)))
        .filter(by_another(Column::ProposedBy, user_id))
        .filter(by_another(role_assignment::Column::UserId, user_id))
        .filter(by_another(service_permission::Column::UserId, user_id))
        .filter(by_another(service_token::Column::UserId, user_id))
        .filter(by_another(user_identity::Column::UserId, user_id));
    vec![arm.selecting(
        WorkItemKind::ApproveAccessChange,
        Told {
            due_on: none("date"),
            subject: column(Column::Id),
            occasion: column(Column::Id),
            about: Expr::cust("''"),
            label: none("text"),
            follow_up: none("uuid"),
            marked: None,
        },
    )]
}

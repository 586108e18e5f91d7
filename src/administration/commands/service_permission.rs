use super::{Proposed, account, propose};
use crate::{
    access::{Permit, Right},
    administration::rules::refuse_managing,
    graphql::{Date, NodeKind},
    organisation::{PLACE, Target, refuse_reversed_period, refuse_waiting, refuse_wider_period},
    use_case::{Check, Duties, Failure, Problem, Transaction, UseCase, cleared_or_changed, expect_version},
};
use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{committee, department, service_permission};
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use uuid::Uuid;

/// One permission for a service account. One that reads confidential content is not in force until a second
/// administrator has approved it.
#[derive(Clone, Debug, InputObject)]
pub struct CreateServicePermissionInput {
    /// The service account.
    pub user_id: ID,
    /// What it may do.
    pub right: Right,
    /// The department that it may do it in; the whole municipality when neither this nor a committee is given.
    pub department_id: Option<ID>,
    /// The committee that it may do it for.
    pub committee_id: Option<ID>,
    /// The first day.
    pub valid_from: Date,
    /// The last day; left out while it is open.
    pub valid_to: Option<Date>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for CreateServicePermissionInput {
    const NAME: &'static str = "createServicePermission";
    type Subject = ();

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, ()), Failure> {
        Ok((tx.permit(Right::UserManage, PLACE)?, ()))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, (): ()) -> Result<Uuid, Failure> {
        let mut check = Check::new();
        let user_id = account(&mut check, tx, &self.user_id).await?;
        let department_id = check.optional_id("departmentId", NodeKind::Department, self.department_id.as_ref());
        let committee_id = check.optional_id("committeeId", NodeKind::Committee, self.committee_id.as_ref());
        check
            .exists::<department::Entity>(tx, "departmentId", department_id, NodeKind::Department)
            .await?;
        check
            .exists::<committee::Entity>(tx, "committeeId", committee_id, NodeKind::Committee)
            .await?;
        check.require(Target::of(department_id, committee_id).is_some(), || {
            Problem::invalid("committeeId", message!("administration-department-or-committee"))
        });
        check.apply(refuse_managing(self.right));
        let (valid_from, valid_to) = (self.valid_from.0, self.valid_to.map(|day| day.0));
        refuse_reversed_period(&mut check, valid_from, valid_to);
        check.finish()?;
        tx.separate(Duties::GrantAndHold, &[Some(user_id)]).await?;
        let waits = self.right.reads_confidential();
        let row = service_permission::ActiveModel {
            municipality_id: Set(permit.municipality_id()),
            id: Set(Uuid::now_v7()),
            user_id: Set(user_id),
            permission: Set(self.right.to_string()),
            department_id: Set(department_id),
            committee_id: Set(committee_id),
            valid_from: Set(valid_from),
            valid_to: Set(valid_to),
            in_force: Set(!waits),
            granted_by: Set(tx.user_id()),
            version: Set(1),
            created_at: Set(tx.now()),
        };
        let id = tx.insert(&permit, row).await?.id;
        if waits {
            propose(tx, &permit, Proposed::ServicePermission(id)).await?;
        }
        Ok(id)
    }
}

/// A change of the last day of a service account's permission: a day that has passed ends it at once. That of one which
/// reads confidential content is only put earlier.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateServicePermissionInput {
    /// The permission.
    pub id: ID,
    /// The version that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// The last day; null while it is open.
    pub valid_to: MaybeUndefined<Date>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for UpdateServicePermissionInput {
    const NAME: &'static str = "updateServicePermission";
    type Subject = service_permission::Model;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, service_permission::Model), Failure> {
        let permit = tx.permit(Right::UserManage, PLACE)?;
        let row = tx
            .subject::<service_permission::Entity>(NodeKind::ServicePermission, &self.id)
            .await?;
        Ok((permit, row))
    }

    async fn perform(
        self,
        tx: &mut Transaction,
        permit: Permit,
        row: service_permission::Model,
    ) -> Result<Uuid, Failure> {
        expect_version(&row, self.expected_version)?;
        refuse_waiting(row.in_force)?;
        tx.separate(Duties::GrantAndHold, &[Some(row.user_id)]).await?;
        let valid_to = self.valid_to.map_value(|day| day.0);
        let mut last = row.valid_to;
        valid_to.update_to(&mut last);
        let mut check = Check::new();
        refuse_reversed_period(&mut check, row.valid_from, last);
        check.finish()?;
        let confidential = row.permission.parse::<Right>().is_ok_and(Right::reads_confidential);
        refuse_wider_period(confidential, (row.valid_from, row.valid_to), (row.valid_from, last))?;
        let mut change = row.clone().into_active_model();
        change.valid_to = cleared_or_changed(valid_to);
        Ok(tx.update(&permit, row, change).await?.id)
    }
}

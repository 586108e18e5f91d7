use crate::{
    access::{Permit, Right},
    administration::{Proposed, propose},
    graphql::{Date, NodeKind},
    organisation::{
        rules::{
            PLACE, Target, counted_from, refuse_endless_auditor, refuse_postponed_auditor, refuse_reversed_period,
            refuse_waiting, refuse_wider_period, refuse_wrong_target,
        },
        store,
    },
    use_case::{Check, Duties, Failure, Problem, Transaction, UseCase, changed, cleared_or_changed, expect_version},
};
use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{Role, UserKind, committee, department, role_assignment, user_account};
use sea_orm::{ActiveModelTrait, Condition, IntoActiveModel};
use uuid::Uuid;

/// A role for a user, for a period. One that reads confidential content is not in force until a second administrator
/// has approved it.
#[derive(Clone, Debug, InputObject)]
pub struct CreateRoleAssignmentInput {
    /// The user.
    pub user_id: ID,
    /// The role.
    pub role: Role,
    /// The department, for the roles in a department.
    pub department_id: Option<ID>,
    /// The committee, for the roles in a committee.
    pub committee_id: Option<ID>,
    /// The first day.
    pub valid_from: Date,
    /// The last day; left out while it is open. An auditor's has to end within 12 months.
    pub valid_to: Option<Date>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for CreateRoleAssignmentInput {
    const NAME: &'static str = "createRoleAssignment";
    type Subject = ();

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, ()), Failure> {
        Ok((tx.permit(Right::UserManage, PLACE)?, ()))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, (): ()) -> Result<Uuid, Failure> {
        let mut check = Check::new();
        let user_id = check.id("userId", NodeKind::User, &self.user_id);
        let department_id = check.optional_id("departmentId", NodeKind::Department, self.department_id.as_ref());
        let committee_id = check.optional_id("committeeId", NodeKind::Committee, self.committee_id.as_ref());
        let user = check
            .found::<user_account::Entity>(tx, "userId", Some(user_id), NodeKind::User, Condition::all())
            .await?;
        check.require(user.is_none_or(|user| user.kind == UserKind::Person), || {
            Problem::invalid("userId", message!("organisation-service-without-roles"))
        });
        check
            .exists::<department::Entity>(tx, "departmentId", department_id, NodeKind::Department)
            .await?;
        check
            .exists::<committee::Entity>(tx, "committeeId", committee_id, NodeKind::Committee)
            .await?;
        match Target::of(department_id, committee_id) {
            Some(target) => refuse_wrong_target(&mut check, self.role, target),
            None => check.add(Problem::invalid(
                "committeeId",
                message!("organisation-department-or-committee"),
            )),
        }
        let (valid_from, valid_to) = (self.valid_from.0, self.valid_to.map(|day| day.0));
        refuse_reversed_period(&mut check, valid_from, valid_to);
        refuse_endless_auditor(&mut check, self.role, valid_from, valid_to);
        check.finish()?;
        tx.separate(Duties::GrantAndHold, &[Some(user_id)]).await?;
        let waits = tx.reader().actor().policy().reads_confidential(self.role);
        let role = role_assignment::Model {
            municipality_id: permit.municipality_id(),
            id: Uuid::now_v7(),
            user_id,
            role: self.role,
            department_id,
            committee_id,
            valid_from,
            valid_to,
            granted_by: tx.user_id(),
            in_force: !waits,
            version: 1,
            created_at: tx.now(),
        };
        refuse_overlap(tx, &role).await?;
        let role = tx.insert(&permit, role.into_active_model().reset_all()).await?;
        if waits {
            propose(tx, &permit, Proposed::RoleAssignment(role.id)).await?;
        }
        Ok(role.id)
    }
}

/// A change of the period of a role assignment: a day that has passed as `validTo` ends it at once. The period of one
/// that reads confidential content is only made shorter.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateRoleAssignmentInput {
    /// The role assignment.
    pub id: ID,
    /// The version that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// The first day. That of an auditor's assignment which has begun is not put off.
    pub valid_from: MaybeUndefined<Date>,
    /// The last day; null while it is open.
    pub valid_to: MaybeUndefined<Date>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for UpdateRoleAssignmentInput {
    const NAME: &'static str = "updateRoleAssignment";
    type Subject = role_assignment::Model;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, role_assignment::Model), Failure> {
        let permit = tx.permit(Right::UserManage, PLACE)?;
        let role = tx
            .subject::<role_assignment::Entity>(NodeKind::RoleAssignment, &self.id)
            .await?;
        Ok((permit, role))
    }

    async fn perform(
        self,
        tx: &mut Transaction,
        permit: Permit,
        role: role_assignment::Model,
    ) -> Result<Uuid, Failure> {
        expect_version(&role, self.expected_version)?;
        tx.separate(Duties::GrantAndHold, &[Some(role.user_id)]).await?;
        let mut check = Check::new();
        check.not_null("validFrom", &self.valid_from);
        let valid_from = self.valid_from.map_value(|day| day.0);
        let valid_to = self.valid_to.map_value(|day| day.0);
        let first = valid_from.value().copied().unwrap_or(role.valid_from);
        let mut last = role.valid_to;
        valid_to.update_to(&mut last);
        refuse_reversed_period(&mut check, first, last);
        refuse_postponed_auditor(&mut check, role.role, role.valid_from, first, tx.today());
        let counted_from = counted_from(role.valid_from, first, tx.today());
        refuse_endless_auditor(&mut check, role.role, counted_from, last);
        check.finish()?;
        refuse_waiting(role.in_force)?;
        let confidential = tx.reader().actor().policy().reads_confidential(role.role);
        refuse_wider_period(confidential, (role.valid_from, role.valid_to), (first, last))?;
        let wanted = role_assignment::Model {
            valid_from: first,
            valid_to: last,
            ..role.clone()
        };
        refuse_overlap(tx, &wanted).await?;
        let mut change = role.clone().into_active_model();
        change.valid_from = changed(valid_from);
        change.valid_to = cleared_or_changed(valid_to);
        Ok(tx.update(&permit, role, change).await?.id)
    }
}

async fn refuse_overlap(tx: &Transaction, role: &role_assignment::Model) -> Result<(), Failure> {
    if store::overlapping_role(tx.reader(), role).await? {
        let message = message!("organisation-role-held");
        return Err(Problem::duplicate("validFrom", message).into());
    }
    Ok(())
}

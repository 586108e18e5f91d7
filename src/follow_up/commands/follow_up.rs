use super::{
    central_check::show_central_checks,
    performers::{assign, check_performers},
};
use crate::{
    access::{Permit, Place, Right},
    follow_up::store,
    graphql::NodeKind,
    planning::{is_exempt, open_year, plan_point_of},
    use_case::{Check, Failure, Problem, Transaction, UseCase},
};
use async_graphql::{ID, InputObject};
use entity::{control_point, department, follow_up};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

/// A department's work on a control point, to be begun.
#[derive(Clone, Debug, InputObject)]
pub struct StartFollowUpInput {
    /// The control point: one of the department's plan, from which the department is not exempt.
    pub control_point_id: ID,
    /// The department.
    pub department_id: ID,
    /// The users who are to carry it out: each holds the role `PERFORMER` in the department.
    #[graphql(default)]
    pub performer_ids: Vec<ID>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for StartFollowUpInput {
    const NAME: &'static str = "startFollowUp";
    type Subject = (department::Model, control_point::Model);

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, Self::Subject), Failure> {
        let mut check = Check::new();
        let department_id = check.id("departmentId", NodeKind::Department, &self.department_id);
        let point_id = check.id("controlPointId", NodeKind::ControlPoint, &self.control_point_id);
        check.finish()?;
        let department = tx.reader().by_id::<department::Entity>(department_id).await?;
        let department = department.ok_or_else(|| Problem::not_found("departmentId", NodeKind::Department))?;
        let permit = tx.permit(Right::FollowUpStart, Place::Department(department_id))?;
        let point = store::visible_point(tx.reader(), point_id).await?;
        let point = point.ok_or_else(|| Problem::not_found("controlPointId", NodeKind::ControlPoint))?;
        Ok((permit, (department, point)))
    }

    async fn perform(
        self,
        tx: &mut Transaction,
        permit: Permit,
        (department, point): Self::Subject,
    ) -> Result<Uuid, Failure> {
        open_year(tx, point.control_year_id).await?;
        let mut check = Check::new();
        let performers = check_performers(tx, &mut check, &self.performer_ids, department.id).await?;
        let planned = plan_point_of(tx.reader(), point.id, department.id).await?;
        check.require(planned.is_some(), || {
            Problem::invalid("controlPointId", message!("follow-up-point-not-in-plan"))
        });
        let exempt = is_exempt(tx.reader(), point.id, department.id).await?;
        check.require(!exempt, || {
            Problem::invalid("controlPointId", message!("follow-up-department-exempt"))
        });
        let present = store::follow_up_of(tx.reader(), point.id, department.id).await?;
        check.require(present.is_none(), || {
            Problem::duplicate("controlPointId", message!("follow-up-exists"))
        });
        check.finish()?;
        let Some(planned) = planned else {
            return Err(Problem::not_found("controlPointId", NodeKind::ControlPoint).into());
        };
        let id = begin(tx, &permit, &point, department.id, planned.id).await?.id;
        assign(tx, &permit, id, &performers).await?;
        Ok(id)
    }
}

/// A department's follow-up of a point that has a place in its plan, with the checks that were performed centrally before.
pub(super) async fn begin(
    tx: &mut Transaction,
    permit: &Permit,
    point: &control_point::Model,
    department_id: Uuid,
    plan_point_id: Uuid,
) -> Result<follow_up::Model, Failure> {
    let row = follow_up::ActiveModel {
        municipality_id: Set(permit.municipality_id()),
        id: Set(Uuid::now_v7()),
        control_year_id: Set(point.control_year_id),
        control_point_id: Set(point.id),
        department_id: Set(department_id),
        plan_point_id: Set(plan_point_id),
        version: Set(1),
        created_at: Set(tx.now()),
    };
    let follow_up = tx.insert(permit, row).await?;
    show_central_checks(tx, permit, point.id, department_id).await?;
    Ok(follow_up)
}

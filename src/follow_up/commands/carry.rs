//! What of the follow-up comes along to the next year: findings that are not dealt with, and actions that are not
//! verified.

use super::{
    action_origin::ActionOrigin,
    came_along::{refuse_carried_action, refuse_carried_finding},
    follow_up::begin,
    subject,
};
use crate::{
    access::{Permit, Place, Right},
    follow_up::{
        rules::{due_key, refuse_dealt_with, refuse_finished},
        store,
    },
    graphql::NodeKind,
    planning::{self, Destination},
    secrecy::{Inherits, inherit_mark},
    use_case::{Failure, Problem, ProblemKind, Transaction},
};
use entity::{ControlScope, control_plan, control_point, corrective_action, finding, follow_up};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};
use uuid::Uuid;

/// A finding of an earlier year, in the follow-up of what its point has become: it is as far as it was, and as
/// confidential. What the actor may not read they do not carry on.
///
/// # Errors
/// When the finding is dealt with, or its point has not come along to the department's plan.
pub(crate) async fn carry_finding(
    tx: &mut Transaction,
    permit: &Permit,
    id: Uuid,
    to: Destination,
) -> Result<finding::Model, Failure> {
    let (source, row) =
        subject::evidence::<finding::Entity>(tx, NodeKind::Finding, "id", &NodeKind::Finding.encode(id)).await?;
    refuse_carried_finding(tx, "id", id).await?;
    refuse_dealt_with(source.status)?;
    let follow_up = match goes_on(tx, &row.follow_up, &to).await? {
        GoesOn::In(follow_up) => follow_up,
        GoesOn::At(place) => place.begin(tx, &to).await?,
        GoesOn::Exempt => {
            return Err(Problem::invalid("id", message!("follow-up-finding-exempt")).into());
        }
        GoesOn::Unplanned => {
            return Err(Problem::invalid("id", message!("follow-up-finding-without-point")).into());
        }
    };
    let ground = source.secrecy_ground.clone();
    let mut new = source.into_active_model().reset_all();
    new.id = Set(Uuid::now_v7());
    new.follow_up_id = Set(follow_up.id);
    new.control_check_id = Set(None);
    new.review_id = Set(None);
    new.version = Set(1);
    new.created_at = Set(tx.now());
    if let Some(title) = to.title {
        new.title = Set(title);
    }
    let new = tx.insert(permit, new).await?;
    if let Some(ground) = ground {
        inherit_mark(tx, permit, Inherits::Finding(new.id), ground).await?;
    }
    Ok(new)
}

/// An action of an earlier year: about what its finding, follow-up or risk has become or, where that has not come along,
/// in the plan. It is as far as it was, due as before, and as confidential as itself or its finding. Where it lands, the
/// actor needs the right that making such an action takes.
///
/// # Errors
/// When the action is finished, or the actor may not read it, or not write what it would land in.
pub(crate) async fn carry_action(
    tx: &mut Transaction,
    id: Uuid,
    to: Destination,
) -> Result<corrective_action::Model, Failure> {
    let source = subject::action(tx, "id", &NodeKind::CorrectiveAction.encode(id)).await?;
    refuse_carried_action(tx, "id", id).await?;
    refuse_finished(source.status)?;
    let ground = store::ground_of_action(tx.reader(), &source).await?;
    let origin = origin_landed_in(tx, &source, &to).await?;
    let (right, place) = origin.written_with();
    let permit = &tx.permit(right, place)?;
    let links = origin.links();
    let (carried_from, due_on) = (source.id, source.due_on);
    let mut new = source.into_active_model().reset_all();
    new.id = Set(Uuid::now_v7());
    new.origin = Set(links.origin);
    new.control_plan_id = Set(links.control_plan_id);
    new.risk_id = Set(links.risk_id);
    new.follow_up_id = Set(links.follow_up_id);
    new.finding_id = Set(links.finding_id);
    new.department_id = Set(links.department_id);
    new.due_key = Set(due_key(due_on));
    new.carried_from_id = Set(Some(carried_from));
    new.secrecy_ground = Set(ground.clone());
    new.version = Set(1);
    new.created_at = Set(tx.now());
    if let Some(title) = to.title {
        new.title = Set(title);
    }
    let new = tx.insert(permit, new).await?;
    if let Some(ground) = ground {
        inherit_mark(tx, permit, Inherits::CorrectiveAction(new.id), ground).await?;
    }
    Ok(new)
}

async fn origin_landed_in(
    tx: &mut Transaction,
    source: &corrective_action::Model,
    to: &Destination,
) -> Result<ActionOrigin, Failure> {
    if let Some(finding_id) = source.finding_id
        && let Some(finding) = store::successor_of_finding(tx.reader(), finding_id, to.year.id).await?
        && let Some(follow_up) = tx.reader().by_id::<follow_up::Entity>(finding.follow_up_id).await?
    {
        return Ok(ActionOrigin::FollowUp(follow_up, Some(finding.id)));
    }
    if let Some(id) = source.follow_up_id
        && let Some(before) = tx.reader().by_id::<follow_up::Entity>(id).await?
    {
        match goes_on(tx, &before, to).await? {
            GoesOn::In(follow_up) => return Ok(ActionOrigin::FollowUp(follow_up, None)),
            GoesOn::At(place) => return Ok(ActionOrigin::FollowUp(place.begin(tx, to).await?, None)),
            GoesOn::Exempt | GoesOn::Unplanned => {}
        }
    }
    if let Some(id) = source.risk_id
        && let Some(risk) = planning::successor_of_risk(tx.reader(), id, to.year.id).await?
    {
        return Ok(ActionOrigin::Risk(risk));
    }
    let before = match source.control_plan_id {
        Some(id) => tx.reader().by_id::<control_plan::Entity>(id).await?,
        None => None,
    };
    let scope = match (&before, to.department_id) {
        (Some(plan), None) => plan.scope,
        (None, None) => ControlScope::Shared,
        (_, Some(_)) => ControlScope::Department,
    };
    let (right, place) = planning::writing(scope, to.department_id);
    if !tx.reader().may(right, place) {
        let message = message!("follow-up-action-lands-in-plan", year = to.year.year);
        return Err(Problem::new(ProblemKind::Forbidden, "id", message).into());
    }
    let permit = tx.permit(right, place)?;
    let committee = before.map(|plan| plan.committee_id);
    let plan = planning::plan_landed_in(tx, &permit, scope, to, committee).await?;
    Ok(ActionOrigin::Plan(plan))
}

/// Where what hung on a follow-up goes on.
enum GoesOn {
    /// In this follow-up.
    In(follow_up::Model),
    /// At this place in the department's plan, where no follow-up has begun.
    At(PlaceToBegin),
    /// Nowhere: the department is exempt from the point.
    Exempt,
    /// Nowhere: the point is not in the department's plan.
    Unplanned,
}

/// A place in a department's plan that it has not begun to follow up.
struct PlaceToBegin {
    point: control_point::Model,
    department_id: Uuid,
    plan_point_id: Uuid,
}

impl PlaceToBegin {
    /// Begins to follow it up, as far as the actor may.
    async fn begin(self, tx: &mut Transaction, to: &Destination) -> Result<follow_up::Model, Failure> {
        let (right, place) = (Right::FollowUpStart, Place::Department(self.department_id));
        if !tx.reader().may(right, place) {
            let message = message!("follow-up-point-not-begun", year = to.year.year);
            return Err(Problem::new(ProblemKind::Forbidden, "id", message).into());
        }
        let permit = tx.permit(right, place)?;
        begin(tx, &permit, &self.point, self.department_id, self.plan_point_id).await
    }
}

/// Where the department goes on with what hung on the follow-up of a point: on the follow-up of what the point has become.
async fn goes_on(tx: &Transaction, before: &follow_up::Model, to: &Destination) -> Result<GoesOn, Failure> {
    let Some(department_id) = to.department_id else {
        return Ok(GoesOn::Unplanned);
    };
    let point = planning::successor_of_point(tx.reader(), before.control_point_id, to.year.id).await?;
    let Some(point) = point.filter(|point| point.department_id.is_none_or(|id| id == department_id)) else {
        return Ok(GoesOn::Unplanned);
    };
    if let Some(present) = store::follow_up_of(tx.reader(), point.id, department_id).await? {
        return Ok(GoesOn::In(present));
    }
    if planning::is_exempt(tx.reader(), point.id, department_id).await? {
        return Ok(GoesOn::Exempt);
    }
    let place = planning::plan_point_of(tx.reader(), point.id, department_id).await?;
    Ok(place.map_or(GoesOn::Unplanned, |place| {
        GoesOn::At(PlaceToBegin {
            point,
            department_id,
            plan_point_id: place.id,
        })
    }))
}

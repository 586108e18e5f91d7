//! What of the follow-up comes along to the next year: findings that are not dealt with, and actions that are not
//! verified.

use super::{action_origin::ActionOrigin, follow_up::begin, subject};
use crate::{
    access::Permit,
    follow_up::{
        rules::{due_key, refuse_dealt_with, refuse_finished},
        store,
    },
    graphql::NodeKind,
    planning::{self, Destination},
    secrecy::{Inherits, inherit_mark},
    use_case::{Failure, Problem, Transaction},
};
use entity::{ControlScope, control_plan, corrective_action, finding, follow_up};
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
    refuse_dealt_with(source.status)?;
    let follow_up = follow_up_landed_in(tx, permit, &row.follow_up, &to).await?;
    let Some(follow_up) = follow_up else {
        return Err(Problem::invalid("id", message!("follow-up-finding-without-point")).into());
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
/// in the plan. It is as far as it was, due as before, and as confidential as itself or its finding.
///
/// # Errors
/// When the action is finished, or the actor may not read it.
pub(crate) async fn carry_action(
    tx: &mut Transaction,
    permit: &Permit,
    id: Uuid,
    to: Destination,
) -> Result<corrective_action::Model, Failure> {
    let source = subject::action(tx, "id", &NodeKind::CorrectiveAction.encode(id)).await?;
    refuse_finished(source.status)?;
    let ground = store::ground_of_action(tx.reader(), &source).await?;
    let origin = origin_landed_in(tx, permit, &source, &to).await?;
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
    permit: &Permit,
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
        && let Some(follow_up) = follow_up_landed_in(tx, permit, &before, to).await?
    {
        return Ok(ActionOrigin::FollowUp(follow_up, None));
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
    let committee = before.map(|plan| plan.committee_id);
    let plan = planning::plan_landed_in(tx, permit, scope, to, committee).await?;
    Ok(ActionOrigin::Plan(plan))
}

/// The department's follow-up of what a point has become; begun when it is not there yet. `None` when the point is not in
/// the department's plan.
async fn follow_up_landed_in(
    tx: &mut Transaction,
    permit: &Permit,
    before: &follow_up::Model,
    to: &Destination,
) -> Result<Option<follow_up::Model>, Failure> {
    let Some(department_id) = to.department_id else {
        return Ok(None);
    };
    let point = planning::successor_of_point(tx.reader(), before.control_point_id, to.year.id).await?;
    let Some(point) = point.filter(|point| point.department_id.is_none_or(|id| id == department_id)) else {
        return Ok(None);
    };
    if let Some(present) = store::follow_up_of(tx.reader(), point.id, department_id).await? {
        return Ok(Some(present));
    }
    let exempt = planning::is_exempt(tx.reader(), point.id, department_id).await?;
    match planning::plan_point_of(tx.reader(), point.id, department_id).await? {
        Some(place) if !exempt => Ok(Some(begin(tx, permit, &point, department_id, place.id).await?)),
        _ => Ok(None),
    }
}

//! What of the planning comes along to the next year.

use super::{control_plan::new_plan, plan_point::give_place, schedule::carry_times};
use crate::{
    access::Permit,
    graphql::NodeKind,
    language::Term,
    organisation::{committees_of_department, landings_on, stands},
    planning::{
        rules::{first_day, next_numbers, on_scale},
        store,
    },
    use_case::{Failure, Problem, ProblemKind, Transaction},
};
use entity::{
    ControlPlanStatus, ControlScope, control_plan, control_point, control_year, department, risk, risk_control_point,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};
use uuid::Uuid;

/// Where something of an earlier year goes on.
#[derive(Clone, Debug)]
pub(crate) struct Destination {
    /// The control year that it comes along to.
    pub(crate) year: control_year::Model,
    /// The department that it lands on; none for what is the whole municipality's.
    pub(crate) department_id: Option<Uuid>,
    /// What it is called from then on, where that is something else.
    pub(crate) title: Option<String>,
}

/// A risk of an earlier year, to be judged anew: what does not fit on the new year's scale is left out.
///
/// # Errors
/// When the database fails.
pub(crate) async fn carry_risk(
    tx: &mut Transaction,
    permit: &Permit,
    source: risk::Model,
    to: Destination,
) -> Result<risk::Model, Failure> {
    let points = store::points_of_risk(tx.reader(), source.id).await?;
    let maximum = to.year.risk_maximum;
    let (previous, likelihood, consequence) = (source.id, source.likelihood, source.consequence);
    let mut row = source.into_active_model().reset_all();
    row.id = Set(Uuid::now_v7());
    row.control_year_id = Set(to.year.id);
    row.department_id = Set(to.department_id);
    row.likelihood = Set(on_scale(likelihood, maximum));
    row.consequence = Set(on_scale(consequence, maximum));
    row.previous_risk_id = Set(Some(previous));
    row.version = Set(1);
    row.created_at = Set(tx.now());
    if let Some(description) = to.title {
        row.description = Set(description);
    }
    let risk = tx.insert(permit, row).await?;
    for (_, point) in store::successors_of_points(tx.reader(), points, to.year.id).await? {
        link(tx, permit, risk.id, point.id).await?;
    }
    Ok(risk)
}

/// A control point of an earlier year, with its exemptions, its scheduled times and the risks that have come along, in the draft of the
/// plan that it lands in: the same number there, if that is free. The draft is begun when the year has none.
///
/// # Errors
/// When the plan that it would land in is past a draft, or the department answers to nobody.
pub(crate) async fn carry_point(
    tx: &mut Transaction,
    permit: &Permit,
    source: control_point::Model,
    to: Destination,
) -> Result<control_point::Model, Failure> {
    let place = store::place_of_point(tx.reader(), source.id).await?;
    let committee = place.as_ref().map(|(_, plan)| plan.committee_id);
    let plan = draft(tx, permit, source.scope, &to, committee).await?;
    let risks = store::risk_links(tx.reader(), source.id).await?;
    let exemptions = store::exemptions_of_point(tx.reader(), source.id).await?;
    let (previous, previous_year) = (source.id, source.control_year_id);
    let mut row = source.into_active_model().reset_all();
    row.id = Set(Uuid::now_v7());
    row.control_year_id = Set(to.year.id);
    row.department_id = Set(to.department_id);
    row.previous_point_id = Set(Some(previous));
    row.version = Set(1);
    row.created_at = Set(tx.now());
    if let Some(title) = to.title {
        row.title = Set(title);
    }
    let point = tx.insert(permit, row).await?;
    let risks = risks.into_iter().map(|link| link.risk_id).collect();
    for (_, risk) in store::successors_of_risks(tx.reader(), risks, to.year.id).await? {
        link(tx, permit, risk.id, point.id).await?;
    }
    if let Some(before) = tx.reader().by_id::<control_year::Entity>(previous_year).await? {
        carry_times(tx, permit, (previous, before.year), (&point, to.year.year)).await?;
    }
    let landings = landings_on(tx.reader(), first_day(&to.year)).await?;
    // The exemption of a department that others carry on ends with it.
    for exemption in exemptions
        .into_iter()
        .filter(|row| stands(row.department_id, &landings))
    {
        let mut copy = exemption.into_active_model().reset_all();
        copy.id = Set(Uuid::now_v7());
        copy.control_point_id = Set(point.id);
        copy.decided_by = Set(tx.user_id());
        copy.created_at = Set(tx.now());
        tx.insert(permit, copy).await?;
    }
    let local_owner = place.as_ref().and_then(|(place, _)| place.local_owner.clone());
    put(
        tx,
        permit,
        plan,
        &point,
        place.map(|(place, _)| place.number),
        local_owner,
    )
    .await?;
    Ok(point)
}

/// The plan of the new year that something of a department, or of the whole municipality, belongs to: in whatever
/// version is the latest. A draft is begun when there is none.
///
/// # Errors
/// When the department answers to nobody in the new year.
pub(crate) async fn plan_landed_in(
    tx: &mut Transaction,
    permit: &Permit,
    scope: ControlScope,
    to: &Destination,
    committee: Option<Uuid>,
) -> Result<control_plan::Model, Failure> {
    let committee_id = committee_landed_on(tx, to, committee).await?;
    let present = store::latest_plan(tx.reader(), to.year.id, scope, committee_id, to.department_id).await?;
    if let Some(plan) = present {
        return Ok(plan);
    }
    new_plan(tx, permit, &to.year, (scope, committee_id, to.department_id), None).await
}

async fn draft(
    tx: &mut Transaction,
    permit: &Permit,
    scope: ControlScope,
    to: &Destination,
    committee: Option<Uuid>,
) -> Result<control_plan::Model, Failure> {
    let plan = plan_landed_in(tx, permit, scope, to, committee).await?;
    if plan.status != ControlPlanStatus::Draft {
        return Err(Problem::invalid(
            "id",
            message!(
                "planning-landing-plan-fixed",
                year = to.year.year,
                status = Term::value(plan.status)
            ),
        )
        .into());
    }
    Ok(plan)
}

/// The committee whose plan it was, as long as the department answers to it; else one that it answers to when the year
/// begins.
async fn committee_landed_on(tx: &Transaction, to: &Destination, before: Option<Uuid>) -> Result<Uuid, Failure> {
    let Some(department_id) = to.department_id else {
        return before.ok_or_else(|| Problem::invalid("id", message!("planning-landing-unplanned")).into());
    };
    let department = tx.reader().by_id::<department::Entity>(department_id).await?;
    let department = department.ok_or_else(|| Problem::not_found("departmentId", NodeKind::Department))?;
    let committees = committees_of_department(tx.reader(), &department, first_day(&to.year)).await?;
    let same = committees.iter().find(|committee| Some(committee.id) == before);
    match same.or(committees.first()) {
        Some(committee) => Ok(committee.id),
        None => {
            let message = message!(
                "planning-landing-without-committee",
                department = department.name,
                day = first_day(&to.year)
            );
            Err(Problem::new(
                ProblemKind::Incomplete {
                    missing: vec![message!("planning-missing-committee")],
                },
                "departmentId",
                message,
            )
            .into())
        }
    }
}

async fn link(tx: &mut Transaction, permit: &Permit, risk_id: Uuid, control_point_id: Uuid) -> Result<(), Failure> {
    let row = risk_control_point::ActiveModel {
        municipality_id: Set(permit.municipality_id()),
        risk_id: Set(risk_id),
        control_point_id: Set(control_point_id),
    };
    tx.insert(permit, row).await?;
    Ok(())
}

async fn put(
    tx: &mut Transaction,
    permit: &Permit,
    plan: control_plan::Model,
    point: &control_point::Model,
    number: Option<i32>,
    local_owner: Option<String>,
) -> Result<(), Failure> {
    let taken: Vec<i32> = store::points_of_plan(tx.reader(), plan.id)
        .await?
        .into_iter()
        .map(|place| place.number)
        .collect();
    let number = match number.filter(|number| !taken.contains(number)) {
        Some(number) => number,
        None => *next_numbers(message!("planning-the-plan-landed-in"), taken, 1)?.start(),
    };
    give_place(tx, permit, plan.id, point.id, (number, local_owner)).await?;
    tx.touch(permit, plan).await?;
    Ok(())
}

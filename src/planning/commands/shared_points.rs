//! The shared plan's points in the plans of departments.
//!
//! A shared point exists once and has a place in the plan of every department: it stands in the plans from the moment
//! when the shared plan is adopted. Departments that are exempt from it have the place too, and do not see it while they
//! are: when the exemption ends, the point is there again.

use super::{LAST_NUMBER, plan_point::give_place};
use crate::{
    access::Permit,
    planning::store,
    use_case::{Failure, Transaction},
};
use entity::{control_plan, plan_point};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Puts the points of a shared plan that was just adopted into the plans of all departments, and takes out those that it
/// has no longer and on which no work has begun.
pub(super) async fn spread(tx: &mut Transaction, permit: &Permit, shared: &control_plan::Model) -> Result<(), Failure> {
    let points = points_in_order(tx, shared.id).await?;
    let dropped = match shared.supersedes_id {
        Some(before) => points_in_order(tx, before).await?,
        None => Vec::new(),
    };
    let dropped: HashSet<Uuid> = dropped.into_iter().filter(|point| !points.contains(point)).collect();
    let plans = store::open_department_plans(tx.reader(), shared.control_year_id).await?;
    let mut places: HashMap<Uuid, Vec<plan_point::Model>> = HashMap::new();
    for (plan_id, place) in store::places_of_plans(tx.reader(), plans.iter().map(|plan| plan.id).collect()).await? {
        places.entry(plan_id).or_default().push(place);
    }
    for plan in plans {
        let present = places.remove(&plan.id).unwrap_or_default();
        let added = place(tx, permit, plan.id, &points, &present).await?;
        let removed = remove_unused(tx, permit, present, &dropped).await?;
        if added || removed {
            tx.touch(permit, plan).await?;
        }
    }
    Ok(())
}

/// Puts the points of the shared plan in force, if there is one, into a department's plan that was just made.
pub(super) async fn take_in(tx: &mut Transaction, permit: &Permit, plan: &control_plan::Model) -> Result<(), Failure> {
    if let Some(shared) = store::shared_plan_in_force(tx.reader(), plan.control_year_id).await? {
        let points = points_in_order(tx, shared.id).await?;
        place(tx, permit, plan.id, &points, &[]).await?;
    }
    Ok(())
}

async fn points_in_order(tx: &Transaction, plan_id: Uuid) -> Result<Vec<Uuid>, Failure> {
    let places = store::points_of_plan(tx.reader(), plan_id).await?;
    Ok(places.into_iter().map(|place| place.control_point_id).collect())
}

/// Gives the points that a plan does not have yet the numbers after its last; whether there were any.
async fn place(
    tx: &mut Transaction,
    permit: &Permit,
    plan_id: Uuid,
    points: &[Uuid],
    present: &[plan_point::Model],
) -> Result<bool, Failure> {
    let last = present.iter().map(|place| place.number).max().unwrap_or_default();
    let missing = points
        .iter()
        .filter(|point| present.iter().all(|place| place.control_point_id != **point));
    let mut added = false;
    for (point_id, number) in missing.zip(last + 1..=LAST_NUMBER) {
        give_place(tx, permit, plan_id, *point_id, (number, None)).await?;
        added = true;
    }
    Ok(added)
}

async fn remove_unused(
    tx: &mut Transaction,
    permit: &Permit,
    present: Vec<plan_point::Model>,
    dropped: &HashSet<Uuid>,
) -> Result<bool, Failure> {
    let mut removed = false;
    for place in present {
        if dropped.contains(&place.control_point_id) && !store::work_has_begun(tx.reader(), place.id).await? {
            tx.delete(permit, place).await?;
            removed = true;
        }
    }
    Ok(removed)
}

//! The shared plan's points in the plans of departments.
//!
//! A shared point exists once and has a place in the plan of every department: it stands in the plans from the moment
//! when the shared plan is adopted. Departments that are exempt from it have the place too, and do not see it while they
//! are: when the exemption ends, the point is there again.

use super::plan_point::give_place;
use crate::{
    access::Permit,
    language::Message,
    planning::{
        rules::{next_numbers, work_has_begun},
        store,
    },
    use_case::{Failure, Transaction},
};
use entity::{control_plan, department, plan_point};
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
    let begun = store::begun(tx.reader(), dropped.iter().copied().collect()).await?;
    let plans = store::open_department_plans(tx.reader(), shared.control_year_id).await?;
    let mut places: HashMap<Uuid, Vec<plan_point::Model>> = HashMap::new();
    for (plan_id, place) in store::places_of_plans(tx.reader(), plans.iter().map(|plan| plan.id).collect()).await? {
        places.entry(plan_id).or_default().push(place);
    }
    for plan in plans {
        let present = places.remove(&plan.id).unwrap_or_default();
        let added = place(tx, permit, &plan, &points, &present).await?;
        let gone = present.into_iter().filter(|place| {
            let point = place.control_point_id;
            dropped.contains(&point) && !work_has_begun(&begun, point, plan.department_id)
        });
        let removed = remove(tx, permit, gone).await?;
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
        place(tx, permit, plan, &points, &[]).await?;
    }
    Ok(())
}

async fn points_in_order(tx: &Transaction, plan_id: Uuid) -> Result<Vec<Uuid>, Failure> {
    let places = store::points_of_plan(tx.reader(), plan_id).await?;
    Ok(places.into_iter().map(|place| place.control_point_id).collect())
}

/// Gives the points that a plan does not have yet the numbers after its last; whether there were any.
///
/// # Errors
/// A problem `LIMIT` when there are not enough numbers left: none of them is left out.
async fn place(
    tx: &mut Transaction,
    permit: &Permit,
    plan: &control_plan::Model,
    points: &[Uuid],
    present: &[plan_point::Model],
) -> Result<bool, Failure> {
    let missing = || {
        let points = points.iter();
        points.filter(|point| present.iter().all(|place| place.control_point_id != **point))
    };
    let taken = present.iter().map(|place| place.number);
    let numbers = match next_numbers(message!("planning-the-plan"), taken.clone(), missing().count()) {
        Ok(numbers) => numbers,
        // Whose plan it is, whoever adopts the shared one has to be told.
        Err(_) => next_numbers(whose(tx, plan).await?, taken, missing().count())?,
    };
    let mut added = false;
    for (point_id, number) in missing().zip(numbers) {
        give_place(tx, permit, plan.id, *point_id, (number, None)).await?;
        added = true;
    }
    Ok(added)
}

async fn whose(tx: &Transaction, plan: &control_plan::Model) -> Result<Message, Failure> {
    let department = match plan.department_id {
        Some(id) => tx.reader().by_id::<department::Entity>(id).await?,
        None => None,
    };
    Ok(department.map_or_else(
        || message!("planning-the-plan"),
        |row| message!("planning-the-plan-of", department = row.name),
    ))
}

async fn remove(
    tx: &mut Transaction,
    permit: &Permit,
    gone: impl Iterator<Item = plan_point::Model>,
) -> Result<bool, Failure> {
    let mut removed = false;
    for place in gone {
        tx.delete(permit, place).await?;
        removed = true;
    }
    Ok(removed)
}

//! The places of a sheet's points in a plan.

use super::super::plan_point::give_place;
use crate::{
    access::Permit,
    planning::rules::{LAST_NUMBER, next_numbers},
    use_case::{Failure, Problem, Transaction},
};
use entity::{control_plan, plan_point};
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use std::collections::{HashMap, HashSet, VecDeque};
use uuid::Uuid;

/// What becomes of the places in a plan.
#[derive(Debug, Default)]
pub(super) struct Placing {
    /// By their points.
    there: HashMap<Uuid, plan_point::Model>,
    given: Vec<Given>,
    moved: Vec<Moved>,
    /// The points that were made of rows.
    made: HashMap<u32, Uuid>,
}

/// A place that a point is given.
#[derive(Debug)]
struct Given {
    row: u32,
    /// The point; none where it is made of the row.
    point: Option<Uuid>,
    number: Option<i32>,
    owner: Option<String>,
}

/// A place that changes.
#[derive(Debug)]
struct Moved {
    row: u32,
    place: plan_point::Model,
    number: i32,
    owner: Option<String>,
}

impl Placing {
    pub(super) fn of(there: Vec<plan_point::Model>) -> Self {
        Self {
            there: there.into_iter().map(|place| (place.control_point_id, place)).collect(),
            ..Self::default()
        }
    }

    /// The place that a point has already.
    pub(super) fn place_of(&self, point: Uuid) -> Option<&plan_point::Model> {
        self.there.get(&point)
    }

    /// A point that has none gets one; a number that is not said comes after the last.
    pub(super) fn give(&mut self, row: u32, point: Option<Uuid>, number: Option<i32>, owner: Option<String>) {
        self.given.push(Given {
            row,
            point,
            number,
            owner,
        });
    }

    /// A place changes.
    pub(super) fn change(&mut self, row: u32, place: plan_point::Model, number: i32, owner: Option<String>) {
        self.moved.push(Moved {
            row,
            place,
            number,
            owner,
        });
    }

    /// Gives numbers to those that have none yet, and finds those that two would have.
    pub(super) fn number(&mut self) -> Vec<(u32, Problem)> {
        let mut problems = Vec::new();
        let moved: HashSet<Uuid> = self.moved.iter().map(|moved| moved.place.id).collect();
        let stay = self.there.values().filter(|place| !moved.contains(&place.id));
        let mut taken: HashSet<i32> = stay.map(|place| place.number).collect();
        let stated = self.moved.iter().map(|moved| (moved.row, moved.number));
        let stated = stated.chain(self.given.iter().filter_map(|given| Some((given.row, given.number?))));
        for (row, number) in stated.collect::<Vec<_>>() {
            if !taken.insert(number) {
                let problem = Problem::duplicate("number", message!("planning-number-taken", number));
                problems.push((row, problem));
            }
        }
        let unnumbered = self.given.iter_mut().filter(|given| given.number.is_none());
        let mut unnumbered: Vec<&mut Given> = unnumbered.collect();
        match next_numbers(message!("planning-the-plan"), taken, unnumbered.len()) {
            Ok(numbers) => {
                for (given, number) in unnumbered.iter_mut().zip(numbers) {
                    given.number = Some(number);
                }
            }
            Err(problem) => {
                let row = unnumbered.first().map_or(0, |given| given.row);
                problems.push((row, Problem::new(problem.kind, "number", problem.message)));
            }
        }
        problems
    }

    /// A row's point was made.
    pub(super) fn made(&mut self, row: u32, id: Uuid) {
        self.made.insert(row, id);
    }

    /// Changes the places, and with them the plan's version.
    pub(super) async fn carry_out(
        self,
        tx: &mut Transaction,
        permit: &Permit,
        plan: control_plan::Model,
    ) -> Result<Uuid, Failure> {
        if self.given.is_empty() && self.moved.is_empty() {
            return Ok(plan.id);
        }
        let held = self.there.values().map(|place| (place.id, place.number)).collect();
        let wanted: Vec<(Uuid, i32)> = self.moved.iter().map(|moved| (moved.place.id, moved.number)).collect();
        let steps = renumbering(held, &wanted)
            .ok_or_else(|| Problem::invalid("", message!("planning-sheet-no-room-to-renumber")))?;
        let mut all_moved = self.moved;
        for (index, number) in steps {
            let moved = &mut all_moved[index];
            let place = moved.place.clone();
            let mut change = place.clone().into_active_model();
            change.number = Set(number);
            change.local_owner = Set(moved.owner.clone());
            moved.place = tx.update(permit, place, change).await?;
        }
        for given in self.given {
            let point = given.point.or_else(|| self.made.get(&given.row).copied());
            if let (Some(point), Some(number)) = (point, given.number) {
                give_place(tx, permit, plan.id, point, (number, given.owner)).await?;
            }
        }
        Ok(tx.touch(permit, plan).await?.id)
    }
}

/// The steps in which places get their numbers, so that no two have the same meanwhile: which of them, and the number.
/// Where each waits for another's number, one of them steps aside; none, when there is no number to step aside to.
fn renumbering(mut held: HashMap<Uuid, i32>, wanted: &[(Uuid, i32)]) -> Option<Vec<(usize, i32)>> {
    let mut holders: HashMap<i32, Uuid> = held.iter().map(|(id, number)| (*number, *id)).collect();
    // No two want the same.
    let wants = wanted.iter().enumerate().map(|(index, (_, number))| (*number, index));
    let wants: HashMap<i32, usize> = wants.collect();
    let is_free = |index: &usize| {
        let (id, number) = wanted[*index];
        holders.get(&number).is_none_or(|holder| *holder == id)
    };
    let mut ready: VecDeque<usize> = (0..wanted.len()).filter(is_free).collect();
    let mut done = vec![false; wanted.len()];
    let mut waiting = 0..wanted.len();
    let mut spare: Option<i32> = None;
    let mut steps = Vec::new();
    loop {
        let (index, number) = match ready.pop_front() {
            Some(index) => (index, wanted[index].1),
            None => {
                let Some(index) = waiting.find(|index| !done[*index]) else {
                    return Some(steps);
                };
                // Whoever stepped aside before has left again.
                let free = spare.filter(|number| !holders.contains_key(number));
                let free = free.or_else(|| aside(&holders))?;
                spare = Some(free);
                (index, free)
            }
        };
        let (id, last) = wanted[index];
        done[index] = number == last;
        steps.push((index, number));
        if let Some(left) = held.insert(id, number).filter(|left| *left != number) {
            holders.remove(&left);
            ready.extend(wants.get(&left).copied().filter(|next| !done[*next]));
        }
        holders.insert(number, id);
    }
}

/// A number that nobody holds.
fn aside(holders: &HashMap<i32, Uuid>) -> Option<i32> {
    (1..=LAST_NUMBER).rev().find(|number| !holders.contains_key(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Renumbers places that have the numbers from 1; how many steps it took.
    fn renumbered(wanted: &[i32]) -> Option<usize> {
        let places: Vec<(Uuid, i32)> = (1..).zip(wanted).map(|(now, _)| (Uuid::now_v7(), now)).collect();
        let moved: Vec<(Uuid, i32)> = places.iter().zip(wanted).map(|((id, _), to)| (*id, *to)).collect();
        let mut held: HashMap<Uuid, i32> = places.iter().copied().collect();
        let mut taken: HashSet<i32> = held.values().copied().collect();
        let steps = renumbering(held.clone(), &moved)?;
        for (index, number) in &steps {
            let left = held.insert(moved[*index].0, *number);
            assert!(left.is_some_and(|left| taken.remove(&left)));
            assert!(taken.insert(*number), "two have {number}");
        }
        assert!(moved.iter().all(|(id, number)| held.get(id) == Some(number)));
        Some(steps.len())
    }

    #[test]
    fn no_two_have_the_same_number_meanwhile() {
        assert_eq!(renumbered(&[]), Some(0));
        assert_eq!(renumbered(&[1, 2]), Some(2));
        assert_eq!(renumbered(&[2, 3, 4]), Some(3), "from the last to the first");
        assert_eq!(renumbered(&[2, 1]), Some(3), "one steps aside");
        assert_eq!(renumbered(&[2, 3, 1, 5, 4, 7]), Some(8), "one of each circle");
    }

    #[test]
    fn a_plan_of_any_size_is_renumbered_at_once() {
        let last = LAST_NUMBER;
        let up: Vec<i32> = (2..=last).collect();
        assert_eq!(renumbered(&up), Some(up.len()));
        let swapped: Vec<i32> = (1..last - 1)
            .map(|now| if now % 2 == 1 { now + 1 } else { now - 1 })
            .collect();
        assert_eq!(renumbered(&swapped), Some(swapped.len() / 2 * 3));
        let full: Vec<i32> = (2..=last).chain([1]).collect();
        assert_eq!(renumbered(&full), None, "there is no room to step aside");
    }
}

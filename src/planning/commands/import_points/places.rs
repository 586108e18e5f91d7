//! The places of a sheet's points in a plan.

use super::super::plan_point::give_place;
use crate::{
    access::Permit,
    planning::rules::{LAST_NUMBER, next_numbers},
    use_case::{Failure, Problem, Transaction},
};
use entity::{control_plan, plan_point};
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// What becomes of the places in a plan.
#[derive(Debug, Default)]
pub(super) struct Placing {
    there: Vec<plan_point::Model>,
    given: Vec<Given>,
    moved: Vec<Moved>,
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
            there,
            ..Self::default()
        }
    }

    /// The place that a point has already.
    pub(super) fn place_of(&self, point: Uuid) -> Option<&plan_point::Model> {
        self.there.iter().find(|place| place.control_point_id == point)
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
        let stay = self.there.iter().filter(|place| !moved.contains(&place.id));
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
        for given in self.given.iter_mut().filter(|given| given.row == row) {
            given.point = Some(id);
        }
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
        let mut held: HashMap<Uuid, i32> = self.there.iter().map(|place| (place.id, place.number)).collect();
        let mut waiting = self.moved;
        while let Some(index) = waiting
            .iter()
            .position(|moved| is_free(&held, moved))
            .or_else(|| first(&waiting))
        {
            let mut moved = waiting.swap_remove(index);
            // Where each waits for another's number, one of them steps aside.
            let number = if is_free(&held, &moved) {
                moved.number
            } else {
                aside(&held).ok_or_else(|| Problem::invalid("", message!("planning-sheet-no-room-to-renumber")))?
            };
            let done = number == moved.number;
            let mut change = moved.place.clone().into_active_model();
            change.number = Set(number);
            change.local_owner = Set(moved.owner.clone());
            moved.place = tx.update(permit, moved.place, change).await?;
            held.insert(moved.place.id, number);
            if !done {
                waiting.push(moved);
            }
        }
        for given in self.given {
            if let (Some(point), Some(number)) = (given.point, given.number) {
                give_place(tx, permit, plan.id, point, (number, given.owner)).await?;
            }
        }
        Ok(tx.touch(permit, plan).await?.id)
    }
}

fn first(waiting: &[Moved]) -> Option<usize> {
    (!waiting.is_empty()).then_some(0)
}

fn is_free(held: &HashMap<Uuid, i32>, moved: &Moved) -> bool {
    held.iter()
        .all(|(id, number)| *id == moved.place.id || *number != moved.number)
}

/// A number that nobody holds.
fn aside(held: &HashMap<Uuid, i32>) -> Option<i32> {
    let taken: HashSet<i32> = held.values().copied().collect();
    (1..=LAST_NUMBER).rev().find(|number| !taken.contains(number))
}

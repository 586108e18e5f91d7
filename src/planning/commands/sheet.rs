//! What the use cases of all sheets have in common.

use crate::{
    access::{Permit, Place, Reader, Right},
    graphql::NodeKind,
    planning::{
        rules::refuse_closed_year,
        sheets::{Counts, Target},
        store,
    },
    use_case::{Check, Failure, Problem, Transaction},
};
use async_graphql::{ID, MaybeUndefined};
use entity::control_year;
use std::collections::HashMap;
use uuid::Uuid;

/// What an import would do, and what stands in its way.
#[derive(Debug)]
pub(crate) struct Looked {
    /// What it would do, as far as that is known.
    pub(crate) counts: Counts,
    /// What stands in its way.
    pub(crate) problems: Vec<Problem>,
}

/// The actor's own leave to carry out what a look has found: each step has the leave that it takes besides.
///
/// # Errors
/// The problems, when something stands in the way.
pub(super) fn leave(tx: &Transaction, problems: &[Problem]) -> Result<Permit, Failure> {
    if !problems.is_empty() {
        return Err(Failure::Problems(problems.to_vec()));
    }
    tx.reader().actor().own().ok_or(Failure::Unauthenticated)
}

/// Everything that is wrong with the rows of a sheet, as problems of an input that has them.
#[derive(Debug, Default)]
pub(super) struct RowProblems(Vec<Problem>);

impl RowProblems {
    /// Notes a problem of the whole sheet.
    pub(super) fn whole(&mut self, problem: Problem) {
        self.0.push(problem);
    }

    /// Notes a problem of a row: its path leads on from there.
    pub(super) fn of_row(&mut self, row: u32, problem: Problem) {
        let path = ["rows".to_owned(), row.to_string()].into_iter().chain(problem.path);
        self.0.push(Problem {
            path: path.collect(),
            ..problem
        });
    }

    /// Notes what a check of a row has found; whether it found nothing.
    pub(super) fn of_check(&mut self, row: u32, check: Check) -> Result<bool, Failure> {
        match check.finish() {
            Ok(()) => Ok(true),
            Err(Failure::Problems(problems)) => {
                problems.into_iter().for_each(|problem| self.of_row(row, problem));
                Ok(false)
            }
            Err(failure) => Err(failure),
        }
    }

    /// All of them.
    pub(super) fn into_problems(self) -> Vec<Problem> {
        self.0
    }
}

/// Where the rows of a sheet go: the year, and the departments with the leave to write for them.
#[derive(Debug)]
pub(super) struct Ground {
    pub(super) year: control_year::Model,
    pub(super) departments: HashMap<String, Uuid>,
    /// The department of rows that name none.
    pub(super) default_department: Option<Uuid>,
    permits: HashMap<(Right, Place), Option<Permit>>,
}

impl Ground {
    /// The ground of a target; none, and it is noted why, when there is no such year or department.
    pub(super) async fn of(
        reader: &Reader,
        target: &Target,
        problems: &mut RowProblems,
    ) -> Result<Option<Self>, Failure> {
        let Some(year) = store::visible_year(reader, target.year).await? else {
            problems.whole(Problem::not_found("year", NodeKind::ControlYear));
            return Ok(None);
        };
        if let Err(problem) = refuse_closed_year(&year) {
            problems.whole(problem);
        }
        let departments = store::departments_by_code(reader).await?;
        let default_department = match &target.department_code {
            None => None,
            Some(code) => match departments.get(code) {
                Some(id) => Some(*id),
                None => {
                    problems.whole(Problem::not_found("departmentCode", NodeKind::Department));
                    return Ok(None);
                }
            },
        };
        Ok(Some(Self {
            year,
            departments,
            default_department,
            permits: HashMap::new(),
        }))
    }

    /// Leave to use a right at a place. That there is none is noted once, at the row that first asked.
    pub(super) fn permit(
        &mut self,
        reader: &Reader,
        (right, place): (Right, Place),
        row: u32,
        problems: &mut RowProblems,
    ) -> Option<Permit> {
        let known = self.permits.entry((right, place)).or_insert_with(|| {
            let permit = reader.actor().permit(right, place);
            permit
                .map_err(|denied| {
                    let denied = Problem::from(denied);
                    problems.of_row(row, Problem::new(denied.kind, "departmentCode", denied.message));
                })
                .ok()
        });
        known.clone()
    }

    /// The department that a row names, or that of rows that name none. That there is no such one, or another than the
    /// whole sheet is for, is noted.
    pub(super) fn department(
        &self,
        row: u32,
        code: &MaybeUndefined<String>,
        problems: &mut RowProblems,
    ) -> Result<Option<Uuid>, ()> {
        let Some(code) = code.value() else {
            return Ok(self.default_department);
        };
        let Some(id) = self.departments.get(code).copied() else {
            problems.of_row(row, Problem::not_found("departmentCode", NodeKind::Department));
            return Err(());
        };
        if self.default_department.is_some_and(|of_all| of_all != id) {
            let message = message!("planning-sheet-of-other-department", code);
            problems.of_row(row, Problem::invalid("departmentCode", message));
            return Err(());
        }
        Ok(Some(id))
    }

    /// That a row is of the sheet's year.
    pub(super) fn refuse_other_year(&self, row: u32, year: &MaybeUndefined<i32>, problems: &mut RowProblems) {
        if let Some(year) = year.value().filter(|year| **year != self.year.year) {
            let message = message!("planning-sheet-of-other-year", found = *year, year = self.year.year);
            problems.of_row(row, Problem::invalid("year", message));
        }
    }
}

/// The id of the thing that a row is about; none when it names none, and an error, which is noted, when it is none.
pub(super) fn id_of_row(
    row: u32,
    kind: NodeKind,
    id: &MaybeUndefined<String>,
    problems: &mut RowProblems,
) -> Result<Option<Uuid>, ()> {
    let Some(text) = id.value() else {
        return Ok(None);
    };
    match kind.decode(&ID(text.clone())) {
        Ok(id) => Ok(Some(id)),
        Err(error) => {
            problems.of_row(row, Problem::invalid("id", error.message()));
            Err(())
        }
    }
}

/// That what a row changes has not been changed since it was exported.
pub(super) fn refuse_stale(row: u32, exported: &MaybeUndefined<i32>, current: i32, problems: &mut RowProblems) {
    if let Some(exported) = exported.value().filter(|exported| **exported != current) {
        let stale = Problem::stale(*exported, current);
        problems.of_row(row, Problem::new(stale.kind, "version", stale.message));
    }
}

/// What a cell says, where it is something else than what is stored: an empty one clears it.
pub(super) fn differing<T: PartialEq + Clone>(cell: &MaybeUndefined<T>, stored: Option<&T>) -> MaybeUndefined<T> {
    match cell {
        MaybeUndefined::Value(value) if stored != Some(value) => MaybeUndefined::Value(value.clone()),
        MaybeUndefined::Null if stored.is_some() => MaybeUndefined::Null,
        _ => MaybeUndefined::Undefined,
    }
}

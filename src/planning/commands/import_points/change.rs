//! What a row makes of a control point.

use super::super::{
    control_point::{CreateControlPointInput, UpdateControlPointInput},
    sheet::{RowProblems, differing},
};
use crate::{
    graphql::{Date, NodeKind, PartialDateInput},
    planning::sheets::PointRow,
    use_case::{Check, Failure, Problem},
};
use async_graphql::MaybeUndefined::{self, Null, Undefined};
use chrono::NaiveDate;
use entity::{ControlScope, control_point, scheduled_time};
use uuid::Uuid;

/// The new point that a row is.
pub(super) fn new_point(
    row: &PointRow,
    year_id: Uuid,
    scope: ControlScope,
    department_id: Option<Uuid>,
    planned: Option<PartialDateInput>,
) -> CreateControlPointInput {
    CreateControlPointInput {
        control_year_id: NodeKind::ControlYear.encode(year_id),
        scope,
        department_id: department_id.map(|id| NodeKind::Department.encode(id)),
        // A cell that could not be read is told already.
        title: match &row.title {
            Undefined => "-".to_owned(),
            Null => String::new(),
            MaybeUndefined::Value(title) => title.clone(),
        },
        process: row.process.value().cloned(),
        purpose: row.purpose.value().cloned(),
        scope_text: row.scope_text.value().cloned(),
        method: row.method.value().cloned(),
        schedule: row.schedule.value().cloned().unwrap_or_default(),
        scheduled_times: planned.into_iter().collect(),
        responsible_functions: row.responsible_functions.value().cloned().unwrap_or_default(),
        previous_point_id: None,
        risk_ids: Vec::new(),
        idempotency_key: None,
    }
}

/// What a row changes of a point, but for its risks.
pub(super) fn changes(
    row: &PointRow,
    point: &control_point::Model,
    times: &[scheduled_time::Model],
    planned: Option<PartialDateInput>,
) -> UpdateControlPointInput {
    let planned = planned.filter(|planned| match times {
        [one] => (one.earliest, one.latest) != (planned.earliest.0, planned.latest.0),
        _ => true,
    });
    UpdateControlPointInput {
        id: NodeKind::ControlPoint.encode(point.id),
        expected_version: point.version,
        title: differing(&row.title, Some(&point.title)),
        process: differing(&row.process, point.process.as_ref()),
        purpose: differing(&row.purpose, point.purpose.as_ref()),
        scope_text: differing(&row.scope_text, point.scope_text.as_ref()),
        method: differing(&row.method, point.method.as_ref()),
        schedule: differing(&row.schedule, Some(&point.schedule.0)),
        scheduled_times: planned.map_or(Undefined, |planned| MaybeUndefined::Value(vec![planned])),
        responsible_functions: differing(&row.responsible_functions, Some(&point.responsible_functions.0)),
        previous_point_id: Undefined,
        risk_ids: Undefined,
        idempotency_key: None,
    }
}

/// Whether an input changes nothing.
pub(super) fn changes_nothing(input: &UpdateControlPointInput) -> bool {
    !input.rewrites() && input.scheduled_times.is_undefined() && input.risk_ids.is_undefined()
}

/// The one time that a row plans, where it plans one: an empty cell leaves the point's times as they are. Its last day is
/// the first where that cell is empty, and stays what it is where there is no such column.
pub(super) fn planned(
    row: &PointRow,
    times: &[scheduled_time::Model],
    problems: &mut RowProblems,
) -> Option<PartialDateInput> {
    match (row.planned_earliest.value(), row.planned_latest.value()) {
        (Some(earliest), latest) => {
            let (latest, column) = match (latest, times) {
                (Some(latest), _) => (latest, "plannedLatest"),
                (None, [one]) if row.planned_latest.is_undefined() => (&one.latest, "plannedEarliest"),
                (None, _) => (earliest, "plannedEarliest"),
            };
            if latest < earliest {
                let problem = Problem::invalid(column, message!("use-case-time-reversed"));
                problems.of_row(row.row, problem);
                return None;
            }
            Some(PartialDateInput {
                earliest: Date(*earliest),
                latest: Date(*latest),
                text: words(*earliest, *latest),
            })
        }
        (None, Some(_)) => {
            // Where the other cell could not be read, that is told already.
            if !row.planned_earliest.is_undefined() {
                let message = message!("planning-sheet-only-latest");
                problems.of_row(row.row, Problem::invalid("plannedEarliest", message));
            }
            None
        }
        (None, None) => None,
    }
}

fn words(earliest: NaiveDate, latest: NaiveDate) -> String {
    if earliest == latest {
        earliest.to_string()
    } else {
        format!("{earliest} – {latest}")
    }
}

/// What was found, at the columns that inputs have other names for.
pub(super) fn named_as_columns(check: Check) -> Result<Check, Failure> {
    let Err(failure) = check.finish() else {
        return Ok(Check::new());
    };
    let Failure::Problems(problems) = failure else {
        return Err(failure);
    };
    let mut renamed = Check::new();
    for mut problem in problems {
        match problem.path.first().map(String::as_str) {
            Some("scheduledTimes") => problem.path = vec!["plannedEarliest".to_owned()],
            Some("controlPointId") => problem.path = vec!["title".to_owned()],
            _ => {}
        }
        renamed.add(problem);
    }
    Ok(renamed)
}

//! The rules of planning.

mod schedule;
mod year_acts;

pub(super) use schedule::{moved_day, moved_words, refuse_bad_times};
pub(super) use year_acts::{ControlYearAct, ControlYearState};

use crate::{
    access::{Place, Right},
    graphql::{RequestError, YEARS},
    language::{Message, Term},
    use_case::{Check, Problem, ProblemKind},
};
use async_graphql::{InputType, resolver_utils::EnumType};
use chrono::NaiveDate;
use entity::{ControlPlanStatus, ControlScope, ControlYearPhase, control_plan, control_year, risk_level};
use std::{collections::HashSet, fmt::Display, ops::RangeInclusive};
use uuid::Uuid;

/// Where years, scales, exemptions and all that is shared are kept.
pub(super) const PLACE: Place = Place::Municipality;

/// What the highest likelihood and consequence of a risk scale may be.
pub(super) const RISK_MAXIMUM: RangeInclusive<i32> = 1..=100;

/// The highest risk value that can be stated; a scale's own highest is the square of its maximum.
const HIGHEST_VALUE: i32 = 10_000;

/// The highest place in an order, and the highest number in a plan.
pub(super) const LAST_NUMBER: i32 = 10_000;

/// How many levels a scale may have.
const MOST_LEVELS: usize = 20;

/// The year that a query asks for.
///
/// # Errors
/// `BAD_REQUEST` when it is none that a control year can have.
pub(crate) fn parse_year(year: i32) -> Result<i32, RequestError> {
    if YEARS.contains(&year) {
        return Ok(year);
    }
    Err(RequestError::bad_request(message!(
        "planning-year-out-of-range",
        first = YEARS.start(),
        last = YEARS.end(),
        year
    )))
}

/// The day of a year that is nearest to a day: itself, if it is of the year.
pub(crate) fn day_within(year: i32, day: NaiveDate) -> NaiveDate {
    let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(day);
    let last = NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or(day);
    day.max(first).min(last)
}

/// The day on which it counts who answers to whom at an occasion: its due date, or else the year's last day.
pub(crate) fn organisation_day(due_on: Option<NaiveDate>, year: i32) -> NaiveDate {
    due_on
        .or_else(|| NaiveDate::from_ymd_opt(year, 12, 31))
        .unwrap_or_default()
}

/// The day that a control year begins.
pub(crate) fn first_day(year: &control_year::Model) -> NaiveDate {
    NaiveDate::from_ymd_opt(year.year, 1, 1).unwrap_or_default()
}

/// A likelihood or consequence, if it is on another year's scale.
pub(super) fn on_scale(judged: Option<i32>, maximum: Option<i32>) -> Option<i32> {
    judged.filter(|judged| *judged <= maximum.unwrap_or(*RISK_MAXIMUM.end()))
}

/// Nothing of a closed year changes.
///
/// # Errors
/// A problem `INVALID` when the year is closed.
pub(crate) fn refuse_closed_year(year: &control_year::Model) -> Result<(), Problem> {
    if year.phase == ControlYearPhase::Closed {
        return Err(Problem::invalid("", message!("planning-year-closed", year = year.year)));
    }
    Ok(())
}

/// The phases that follow a phase.
pub(super) fn next_phases(phase: ControlYearPhase) -> &'static [ControlYearPhase] {
    use ControlYearPhase::{Closed, Preparing, Reporting, Running};
    match phase {
        Preparing => &[Running],
        Running => &[Reporting],
        Reporting => &[Closed],
        Closed => &[],
    }
}

/// The states that a plan can go to from one.
pub(super) fn next_statuses(status: ControlPlanStatus) -> &'static [ControlPlanStatus] {
    use ControlPlanStatus::{Adopted, Closed, Draft, Proposed};
    match status {
        Draft => &[Proposed],
        Proposed => &[Adopted, Draft],
        Adopted => &[Closed],
        Closed => &[],
    }
}

/// A life cycle has only the steps of its table.
///
/// # Errors
/// A problem `ILLEGAL_TRANSITION` when `to` is not among what follows.
pub(super) fn refuse_step<S>(from: S, to: S, next: &[S]) -> Result<(), Problem>
where
    S: EnumType + InputType,
{
    if next.contains(&to) {
        return Ok(());
    }
    let allowed = next.iter().copied().map(Term::value);
    Err(Problem::transition("to", Term::value(from), Term::value(to), allowed))
}

/// Only a draft is worked on. `path` leads to the plan in the input.
///
/// # Errors
/// A problem `INVALID` when the plan is past that.
pub(super) fn refuse_past_draft(path: &str, plan: &control_plan::Model) -> Result<(), Problem> {
    let way = match plan.status {
        ControlPlanStatus::Draft => return Ok(()),
        ControlPlanStatus::Proposed => message!("planning-way-from-proposed"),
        ControlPlanStatus::Adopted => message!("planning-way-from-adopted"),
        ControlPlanStatus::Closed => message!("planning-way-from-closed"),
    };
    let status = Term::value(plan.status);
    Err(Problem::invalid(path, message!("planning-past-draft", status, way)))
}

/// Notes when the date of the decision to adopt a plan is missing, lies ahead, or has no decision to be of.
pub(super) fn refuse_bad_adoption(
    check: &mut Check,
    to: ControlPlanStatus,
    adopted_on: Option<NaiveDate>,
    today: NaiveDate,
) {
    let wrong = match (to, adopted_on) {
        (ControlPlanStatus::Adopted, None) => message!("planning-adoption-needs-date"),
        (ControlPlanStatus::Adopted, Some(day)) if day > today => {
            message!("planning-adoption-in-future", day, today)
        }
        (ControlPlanStatus::Adopted, Some(_)) | (_, None) => return,
        (_, Some(_)) => message!("planning-date-of-other-step"),
    };
    check.add(Problem::invalid("adoptedOn", wrong));
}

/// A plan without points plans nothing.
///
/// # Errors
/// A problem `INCOMPLETE` when there is no point.
pub(super) fn refuse_empty_plan(points: usize) -> Result<(), Problem> {
    refuse_missing(
        points,
        message!("planning-missing-point"),
        message!("planning-plan-empty"),
    )
}

/// A year is followed up at one occasion at least, the annual one.
///
/// # Errors
/// A problem `INCOMPLETE` when there is no occasion and the year is to begin.
pub(super) fn refuse_year_without_occasion(to: ControlYearPhase, occasions: usize) -> Result<(), Problem> {
    match to {
        ControlYearPhase::Running => refuse_missing(
            occasions,
            message!("planning-missing-occasion"),
            message!("planning-year-without-occasion"),
        ),
        _ => Ok(()),
    }
}

fn refuse_missing(number: usize, what: Message, message: Message) -> Result<(), Problem> {
    if number > 0 {
        return Ok(());
    }
    let missing = vec![what];
    Err(Problem::new(ProblemKind::Incomplete { missing }, "", message))
}

/// The numbers of points that are added to a plan: those after its last, of which there have to be so many. `whose` names
/// the plan at the beginning of a sentence.
///
/// # Errors
/// A problem `LIMIT` when so many are not left.
pub(super) fn next_numbers(
    whose: Message,
    taken: impl IntoIterator<Item = i32>,
    count: usize,
) -> Result<RangeInclusive<i32>, Problem> {
    let last = taken.into_iter().max().unwrap_or_default();
    let wanted = i32::try_from(count).ok().and_then(|count| last.checked_add(count));
    match wanted.filter(|wanted| *wanted <= LAST_NUMBER) {
        Some(wanted) => Ok(last.saturating_add(1)..=wanted),
        None => Err(Problem::new(
            ProblemKind::Limit,
            "id",
            message!("planning-no-numbers-left", whose, count, most = LAST_NUMBER, last),
        )),
    }
}

/// Whether work on a point has begun where a plan is for: in its department or, for a plan of no single one, in any.
/// `begun` has each point with the departments that follow it up.
pub(super) fn work_has_begun(begun: &HashSet<(Uuid, Uuid)>, point: Uuid, department: Option<Uuid>) -> bool {
    begun
        .iter()
        .any(|(of, by)| *of == point && department.is_none_or(|department| department == *by))
}

/// What a plan has promised stays: a point of an adopted plan is not rewritten.
///
/// # Errors
/// A problem `INVALID` when the point is in an adopted plan and more than its links shall change.
pub(super) fn refuse_rewriting(adopted: bool, rewrites: bool) -> Result<(), Problem> {
    if adopted && rewrites {
        return Err(Problem::invalid("id", message!("planning-point-adopted")));
    }
    Ok(())
}

/// Who writes a plan or a point: the department's controller, and the coordinator what is no single department's.
pub(crate) fn writing(scope: ControlScope, department_id: Option<Uuid>) -> (Right, Place) {
    match (scope, department_id) {
        (ControlScope::Department, Some(id)) => (Right::ControlPlanWrite, Place::Department(id)),
        _ => (Right::SharedPlanWrite, PLACE),
    }
}

/// Who takes a plan to a state: the head of department, or the coordinator, proposes it; the committee's secretary
/// records what the committee made of it; who writes it closes it.
pub(super) fn moving(plan: &control_plan::Model, to: ControlPlanStatus) -> (Right, Place) {
    match to {
        ControlPlanStatus::Proposed => match writing(plan.scope, plan.department_id) {
            (Right::ControlPlanWrite, place) => (Right::ControlPlanPropose, place),
            shared => shared,
        },
        ControlPlanStatus::Adopted | ControlPlanStatus::Draft => {
            (Right::DecisionRecord, Place::Committee(plan.committee_id))
        }
        ControlPlanStatus::Closed => writing(plan.scope, plan.department_id),
    }
}

/// Where a risk is kept: with its department, or the municipality.
pub(super) fn risk_place(department_id: Option<Uuid>) -> Place {
    department_id.map_or(PLACE, Place::Department)
}

/// Notes when a department is named for something shared.
pub(super) fn refuse_department_of_shared(check: &mut Check, scope: ControlScope, named: bool) {
    check.require(scope != ControlScope::Shared || !named, || {
        Problem::invalid("departmentId", message!("planning-shared-has-no-department"))
    });
}

/// Notes when a likelihood or a consequence is not on the year's scale.
pub(super) fn refuse_off_scale(check: &mut Check, path: &str, number: Option<i32>, maximum: Option<i32>) {
    check.number(path, number, 1..=maximum.unwrap_or(*RISK_MAXIMUM.end()));
}

/// Notes when a risk value is none.
pub(super) fn refuse_bad_value(check: &mut Check, value: Option<i32>) {
    check.number("value", value, 0..=HIGHEST_VALUE);
}

/// The value of a risk whose value nobody stated: likelihood times consequence, where both are known.
pub(super) fn risk_value(likelihood: Option<i32>, consequence: Option<i32>) -> Option<i32> {
    likelihood?.checked_mul(consequence?)
}

/// The level of a risk value: the highest that it reaches.
pub(super) fn level_of<'a>(
    value: i32,
    levels: impl IntoIterator<Item = &'a risk_level::Model>,
) -> Option<&'a risk_level::Model> {
    levels
        .into_iter()
        .filter(|level| level.from_value <= value)
        .max_by_key(|level| level.from_value)
}

/// Notes when a risk scale's maximum leaves out what was judged with it, or where its levels begin.
pub(super) fn refuse_narrow_maximum(
    check: &mut Check,
    path: &str,
    maximum: Option<i32>,
    highest_judged: Option<i32>,
    highest_level: Option<i32>,
) {
    let Some(maximum) = maximum else { return };
    if let Some(judged) = highest_judged.filter(|judged| *judged > maximum) {
        check.add(Problem::invalid(
            path,
            message!("planning-judged-above-maximum", judged),
        ));
    }
    let most = maximum.saturating_mul(maximum);
    if let Some(level) = highest_level.filter(|level| *level > most) {
        check.add(Problem::invalid(
            path,
            message!("planning-level-out-of-reach", level, most),
        ));
    }
}

/// Notes when a scale has no or too many levels.
pub(super) fn refuse_bad_length(check: &mut Check, levels: usize) {
    check.require(levels > 0, || {
        Problem::invalid("levels", message!("planning-scale-empty"))
    });
    check.require(levels <= MOST_LEVELS, || {
        Problem::new(
            ProblemKind::Limit,
            "levels",
            message!("planning-scale-too-long", most = MOST_LEVELS, levels),
        )
    });
}

/// Notes each entry of a list whose field has a value that an earlier one has.
pub(super) fn refuse_repetition<T: PartialEq + Display>(check: &mut Check, list: &str, field: &str, values: &[T]) {
    for (index, value) in values.iter().enumerate() {
        let earlier = values.iter().take(index).any(|earlier| earlier == value);
        check.require(!earlier, || {
            Problem::invalid(
                &format!("{list}.{index}.{field}"),
                message!("planning-entry-repeated", value = value.to_string()),
            )
        });
    }
}

#[cfg(test)]
mod tests;

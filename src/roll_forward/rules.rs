//! The rules of rolling a year forward.

use crate::{
    access::{Place, Right},
    language::Term,
    organisation::{Landing, stands},
    use_case::{Problem, ProblemKind},
};
use chrono::NaiveDate;
use entity::{CarryOverKind, CarryOverStatus, carry_over};
use std::collections::HashMap;
use uuid::Uuid;

/// The department that something lands on: none for what is the whole municipality's, and none where its department was
/// divided, so that somebody has to say.
pub(super) fn landed_on(from: Option<Uuid>, landings: &HashMap<Uuid, Landing>) -> Option<Uuid> {
    match landings.get(&from?)? {
        Landing::On(department) => Some(*department),
        Landing::Among(_) => None,
    }
}

/// Who decides whether something comes along: whoever may write it in its department; for what is the whole
/// municipality's, the coordinator.
pub(super) fn deciding(kind: CarryOverKind, department: Option<Uuid>) -> (Right, Place) {
    let Some(id) = department else {
        return (Right::SharedPlanWrite, Place::Municipality);
    };
    (right_to_decide(kind), Place::Department(id))
}

/// The right that it takes in the department where something of a kind lands.
pub(crate) fn right_to_decide(kind: CarryOverKind) -> Right {
    match kind {
        CarryOverKind::Risk => Right::RiskWrite,
        CarryOverKind::ControlPoint => Right::ControlPlanWrite,
        CarryOverKind::Finding | CarryOverKind::CorrectiveAction => Right::EvidenceWrite,
    }
}

/// What a proposal is about.
pub(super) fn source_of(proposal: &carry_over::Model) -> Option<Uuid> {
    proposal
        .risk_id
        .or(proposal.control_point_id)
        .or(proposal.finding_id)
        .or(proposal.corrective_action_id)
}

/// The department that a proposal belongs to so far: the one that it would land on or, while nobody has said which that
/// is, the one that it was of.
pub(super) fn belonging_to(proposal: &carry_over::Model) -> Option<Uuid> {
    proposal.department_id.or(proposal.from_department_id)
}

/// What comes along lands on a department that is there in the new year.
///
/// # Errors
/// A problem at `departmentId` when others carry on the department's work by then.
pub(super) fn refuse_gone(
    department: Option<Uuid>,
    landings: &HashMap<Uuid, Landing>,
    first_day: NaiveDate,
) -> Result<(), Problem> {
    if department.is_none_or(|id| stands(id, landings)) {
        return Ok(());
    }
    Err(Problem::invalid(
        "departmentId",
        message!("roll-forward-department-gone", day = first_day),
    ))
}

/// What may become of a proposal: what was dropped may still come along, what came along stays.
pub(super) fn next_statuses(status: CarryOverStatus) -> &'static [CarryOverStatus] {
    use CarryOverStatus::{Accepted, Changed, Dropped, Proposed};
    match status {
        Proposed => &[Accepted, Changed, Dropped],
        Dropped => &[Accepted, Changed],
        Accepted | Changed => &[],
    }
}

/// A decision has only the steps of its table.
///
/// # Errors
/// A problem `ILLEGAL_TRANSITION` when it has been decided otherwise.
pub(super) fn refuse_decided(from: CarryOverStatus, to: CarryOverStatus) -> Result<(), Problem> {
    let allowed = next_statuses(from);
    if allowed.contains(&to) {
        return Ok(());
    }
    let names = allowed.iter().copied().map(Term::value);
    Err(Problem::transition("id", Term::value(from), Term::value(to), names))
}

/// Where something lands has to be known when it comes along, and what is the whole municipality's stays so.
///
/// # Errors
/// A problem at `departmentId` when it is not known, or named for what has none.
pub(super) fn destination(
    from: Option<Uuid>,
    landed: Option<Uuid>,
    named: Option<Uuid>,
) -> Result<Option<Uuid>, Problem> {
    match (from, named.or(landed)) {
        (None, None) => Ok(None),
        (None, Some(_)) => Err(Problem::invalid("departmentId", message!("roll-forward-shared-stays"))),
        (Some(_), Some(department)) => Ok(Some(department)),
        (Some(_), None) => Err(Problem::new(
            ProblemKind::Incomplete {
                missing: vec![message!("roll-forward-missing-department")],
            },
            "departmentId",
            message!("roll-forward-divided-department"),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sea_orm::Iterable;
    use std::collections::BTreeSet;

    #[test]
    fn things_land_where_their_department_went() {
        let [stays, merged, divided, into] = [(); 4].map(|()| Uuid::now_v7());
        let landings = HashMap::from([
            (stays, Landing::On(stays)),
            (merged, Landing::On(into)),
            (divided, Landing::Among(BTreeSet::from([stays, into]))),
        ]);
        assert_eq!(landed_on(Some(stays), &landings), Some(stays));
        assert_eq!(landed_on(Some(merged), &landings), Some(into));
        assert_eq!(landed_on(Some(divided), &landings), None);
        assert_eq!(landed_on(None, &landings), None);
    }

    #[test]
    fn where_it_lands_is_known_or_said() {
        let [from, to, other] = [(); 3].map(|()| Uuid::now_v7());
        assert_eq!(destination(None, None, None), Ok(None));
        assert_eq!(destination(Some(from), Some(to), None), Ok(Some(to)));
        assert_eq!(destination(Some(from), Some(to), Some(other)), Ok(Some(other)));
        assert_eq!(destination(Some(from), None, Some(other)), Ok(Some(other)));
        assert!(destination(Some(from), None, None).is_err());
        assert!(destination(None, None, Some(other)).is_err());
    }

    #[test]
    fn nothing_lands_where_nobody_is() {
        let [stands, gone] = [(); 2].map(|()| Uuid::now_v7());
        let landings = HashMap::from([(stands, Landing::On(stands)), (gone, Landing::On(stands))]);
        let day = NaiveDate::from_ymd_opt(2018, 1, 1).unwrap();
        assert_eq!(refuse_gone(None, &landings, day), Ok(()));
        assert_eq!(refuse_gone(Some(stands), &landings, day), Ok(()));
        assert!(refuse_gone(Some(gone), &landings, day).is_err());
    }

    #[test]
    fn what_came_along_stays_and_what_was_dropped_may_still_come() {
        for from in CarryOverStatus::iter() {
            for to in CarryOverStatus::iter() {
                let answer = refuse_decided(from, to);
                assert_eq!(answer.is_ok(), next_statuses(from).contains(&to), "{from:?} -> {to:?}");
            }
        }
        assert!(next_statuses(CarryOverStatus::Accepted).is_empty());
        assert!(refuse_decided(CarryOverStatus::Dropped, CarryOverStatus::Accepted).is_ok());
    }
}

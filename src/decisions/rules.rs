//! The rules of decisions.

use crate::{
    graphql::PartialDateInput,
    language::Term,
    use_case::{Check, Problem, ProblemKind},
};
use chrono::NaiveDate;
use entity::{CommitteeKind, DecisionStage, DispatchStatus, committee};
use uuid::Uuid;

/// The most items, and the most recipients, of one decision.
const MOST: usize = 100;

/// The most characters of the registry's number of a case.
pub(super) const CASE_NUMBER: usize = 100;

/// Who records a proposal or decision, and for whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Recorder<C, D> {
    /// For a committee: its secretary.
    Committee(C),
    /// For a department, its own proposal: its head.
    Department(D),
}

impl<C, D> Recorder<C, D> {
    /// One of the two.
    ///
    /// # Errors
    /// A problem when both are given, or neither.
    pub(super) fn of(committee: Option<C>, department: Option<D>) -> Result<Self, Problem> {
        match (committee, department) {
            (Some(committee), None) => Ok(Self::Committee(committee)),
            (None, Some(department)) => Ok(Self::Department(department)),
            _ => Err(Problem::invalid("committeeId", message!("decisions-one-body"))),
        }
    }
}

/// Whether a committee proposes or decides about what is laid before the committee `laid_before`: it is that one, or
/// prepares for it.
pub(super) fn speaks_for(committee: &committee::Model, laid_before: Uuid) -> bool {
    let prepares = committee.kind == CommitteeKind::WorkingCommittee && committee.parent_id == Some(laid_before);
    committee.id == laid_before || prepares
}

/// Notes when a department does more than propose.
pub(super) fn refuse_department_decision(check: &mut Check, stage: DecisionStage) {
    check.require(stage == DecisionStage::Proposal, || {
        Problem::invalid("stage", message!("decisions-department-proposes"))
    });
}

/// Notes when a decision is about nothing.
pub(super) fn refuse_no_subject(check: &mut Check, subjects: [bool; 3]) {
    check.require(subjects.contains(&true), || {
        Problem::invalid("caseFileId", message!("decisions-say-about"))
    });
}

/// Notes when there are none where there has to be one, or too many.
pub(super) fn refuse_number(check: &mut Check, path: &str, number: usize, required: bool) {
    check.require(number > 0 || !required, || {
        Problem::invalid(path, message!("decisions-without-items"))
    });
    check.require(number <= MOST, || {
        Problem::new(
            ProblemKind::Limit,
            path,
            message!("decisions-too-many-entries", most = MOST, number),
        )
    });
}

/// Notes when a meeting is said to be both on a day and in a period.
pub(super) fn refuse_two_times(check: &mut Check, day: Option<NaiveDate>, period: Option<&PartialDateInput>) {
    check.time("meetingPeriod", period);
    check.require(day.is_none() || period.is_none(), || {
        Problem::invalid("meetingPeriod", message!("decisions-day-or-period"))
    });
}

/// The states that a dispatch may go to from one. A failed one may be sent again; one whose fate is unknown only once that
/// is found out.
pub(super) const fn next_dispatch_statuses(from: DispatchStatus) -> &'static [DispatchStatus] {
    use DispatchStatus::{Failed, Queued, Received, Registered, Rejected, Sent, Unknown};
    match from {
        Queued => &[Sent, Failed, Unknown],
        Sent => &[Received, Rejected, Failed, Unknown],
        Received => &[Registered, Rejected],
        Unknown => &[Received, Rejected, Failed],
        Failed => &[Queued],
        Registered | Rejected => &[],
    }
}

/// A dispatch goes only where its life cycle leads.
///
/// # Errors
/// A problem `ILLEGAL_TRANSITION` when it has no such step.
pub(super) fn refuse_dispatch_step(from: DispatchStatus, to: DispatchStatus) -> Result<(), Problem> {
    let allowed = next_dispatch_statuses(from);
    if allowed.contains(&to) {
        return Ok(());
    }
    let names = allowed.iter().copied().map(Term::value);
    Err(Problem::transition("to", Term::value(from), Term::value(to), names))
}

/// A record that was corrected is not sent any more.
///
/// # Errors
/// A problem `INVALID` when it was corrected and would be sent.
pub(super) fn refuse_sending_corrected(corrected: bool, to: DispatchStatus) -> Result<(), Problem> {
    if corrected && matches!(to, DispatchStatus::Queued | DispatchStatus::Sent) {
        return Err(Problem::invalid("to", message!("decisions-corrected-not-sent")));
    }
    Ok(())
}

/// Whether a decision may be sent to a recipient once more: after it was rejected, and not while anything else is or may
/// be on its way. One that failed is taken up again itself.
pub(super) fn may_be_sent_anew(latest: Option<DispatchStatus>) -> bool {
    matches!(latest, None | Some(DispatchStatus::Rejected))
}

#[cfg(test)]
mod tests {
    use super::*;
    use sea_orm::Iterable;

    #[test]
    fn one_body_records() {
        assert_eq!(Recorder::of(Some(1), None::<i32>), Ok(Recorder::Committee(1)));
        assert_eq!(Recorder::of(None::<i32>, Some(2)), Ok(Recorder::Department(2)));
        assert!(Recorder::of(Some(1), Some(2)).is_err());
        assert!(Recorder::<i32, i32>::of(None, None).is_err());
    }

    #[test]
    fn a_committee_speaks_for_itself_and_for_the_one_that_it_prepares_for() {
        let committee = |kind, parent_id| committee::Model {
            municipality_id: Uuid::nil(),
            id: Uuid::now_v7(),
            code: String::new(),
            name: String::new(),
            name_key: Vec::new(),
            kind,
            parent_id,
            version: 1,
            created_at: chrono::DateTime::UNIX_EPOCH,
        };
        let board = committee(CommitteeKind::ExecutiveBoard, None);
        let working = committee(CommitteeKind::WorkingCommittee, Some(board.id));
        let under = committee(CommitteeKind::Committee, Some(board.id));
        assert!(speaks_for(&board, board.id));
        assert!(speaks_for(&working, board.id));
        assert!(!speaks_for(&under, board.id));
        assert!(!speaks_for(&board, under.id));
        assert!(!speaks_for(&working, under.id));
    }

    #[test]
    fn a_decision_has_an_item_and_a_subject() {
        let mut check = Check::new();
        refuse_number(&mut check, "items", 1, true);
        refuse_number(&mut check, "recipients", 0, false);
        refuse_no_subject(&mut check, [false, true, false]);
        assert!(check.finish().is_ok());
        let mut check = Check::new();
        refuse_number(&mut check, "items", 0, true);
        assert!(check.finish().is_err());
        let mut check = Check::new();
        refuse_no_subject(&mut check, [false; 3]);
        assert!(check.finish().is_err());
    }

    #[test]
    fn a_corrected_record_is_not_sent() {
        use DispatchStatus::{Queued, Sent};
        for to in DispatchStatus::iter() {
            assert_eq!(
                refuse_sending_corrected(true, to).is_err(),
                matches!(to, Queued | Sent),
                "{to:?}"
            );
            assert_eq!(refuse_sending_corrected(false, to), Ok(()));
        }
    }

    #[test]
    fn a_dispatch_takes_these_steps_and_no_others() {
        use DispatchStatus::{Failed, Queued, Received, Registered, Rejected, Sent, Unknown};
        let steps = [
            (Queued, Sent),
            (Queued, Failed),
            (Queued, Unknown),
            (Sent, Received),
            (Sent, Rejected),
            (Sent, Failed),
            (Sent, Unknown),
            (Received, Registered),
            (Received, Rejected),
            (Unknown, Received),
            (Unknown, Rejected),
            (Unknown, Failed),
            (Failed, Queued),
        ];
        for from in DispatchStatus::iter() {
            for to in DispatchStatus::iter() {
                let allowed = refuse_dispatch_step(from, to).is_ok();
                assert_eq!(allowed, steps.contains(&(from, to)), "{from:?} -> {to:?}");
            }
            assert_eq!(may_be_sent_anew(Some(from)), from == Rejected, "{from:?}");
        }
        assert!(may_be_sent_anew(None));
    }
}

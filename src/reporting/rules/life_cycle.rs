use crate::{
    language::{Message, Term},
    use_case::Problem,
};
use entity::ReportStatus;

/// Where a report goes after its decision, which is no status of its own.
const PUBLISHED: Term = Term::state("ReportStatus", "PUBLISHED");

/// The states that a report may go to from where it is.
const fn next(from: ReportStatus) -> &'static [ReportStatus] {
    use ReportStatus::{Decided, Draft, Proposed, Recommended, ReferredBack, Submitted};
    match from {
        Draft => &[Submitted],
        Submitted => &[Proposed, ReferredBack],
        Proposed => &[Recommended, Decided, ReferredBack],
        Recommended => &[Decided, ReferredBack],
        ReferredBack => &[Draft],
        Decided => &[],
    }
}

/// A report goes only where its life cycle leads.
///
/// # Errors
/// A problem `ILLEGAL_TRANSITION` at `path` when it has no such step.
pub(in crate::reporting) fn refuse_step(path: &str, from: ReportStatus, to: ReportStatus) -> Result<(), Problem> {
    let allowed = next(from);
    if allowed.contains(&to) {
        return Ok(());
    }
    let allowed = allowed.iter().copied().map(Term::value);
    Err(Problem::transition(path, Term::value(from), Term::value(to), allowed))
}

/// A report's content changes only while it is a draft: what was submitted is what is decided.
///
/// # Errors
/// A problem `ILLEGAL_TRANSITION` when it is not a draft.
pub(in crate::reporting) fn refuse_changed_content(status: ReportStatus) -> Result<(), Problem> {
    if status == ReportStatus::Draft {
        return Ok(());
    }
    let allowed = next(status).iter().copied().map(Term::value);
    Err(Problem {
        message: message!("reporting-content-frozen", status = Term::value(status)),
        ..Problem::transition("id", Term::value(status), Term::value(ReportStatus::Draft), allowed)
    })
}

/// A report is published once, after it was decided.
///
/// # Errors
/// A problem `ILLEGAL_TRANSITION` before the decision and after the publication.
pub(in crate::reporting) fn refuse_republication(status: ReportStatus, published: bool) -> Result<(), Problem> {
    let refusal = |from: Term, message: Message| {
        Err(Problem {
            message,
            ..Problem::transition("id", from, PUBLISHED, [])
        })
    };
    match (status, published) {
        (ReportStatus::Decided, false) => Ok(()),
        (ReportStatus::Decided, true) => refusal(PUBLISHED, message!("reporting-published-already")),
        _ => refusal(Term::value(status), message!("reporting-only-decided-published")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sea_orm::Iterable;

    #[test]
    fn a_report_takes_these_steps_and_no_others() {
        use ReportStatus::{Decided, Draft, Proposed, Recommended, ReferredBack, Submitted};
        let steps = [
            (Draft, Submitted),
            (Submitted, Proposed),
            (Proposed, Recommended),
            (Proposed, Decided),
            (Recommended, Decided),
            (Submitted, ReferredBack),
            (Proposed, ReferredBack),
            (Recommended, ReferredBack),
            (ReferredBack, Draft),
        ];
        for from in ReportStatus::iter() {
            for to in ReportStatus::iter() {
                let allowed = refuse_step("id", from, to).is_ok();
                assert_eq!(allowed, steps.contains(&(from, to)), "{from:?} -> {to:?}");
            }
        }
    }

    #[test]
    fn only_a_draft_changes_and_only_a_decided_report_is_published_once() {
        for status in ReportStatus::iter() {
            assert_eq!(refuse_changed_content(status).is_ok(), status == ReportStatus::Draft);
            assert_eq!(
                refuse_republication(status, false).is_ok(),
                status == ReportStatus::Decided
            );
            assert!(refuse_republication(status, true).is_err());
        }
    }
}

use crate::use_case::Problem;
use entity::ReportStatus;
use sea_orm::ActiveEnum;

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
    let allowed = allowed.iter().map(ActiveEnum::to_value);
    Err(Problem::transition(path, from.to_value(), to.to_value(), allowed))
}

/// A report's content changes only while it is a draft: what was submitted is what is decided.
///
/// # Errors
/// A problem `ILLEGAL_TRANSITION` when it is not a draft.
pub(in crate::reporting) fn refuse_changed_content(status: ReportStatus) -> Result<(), Problem> {
    if status == ReportStatus::Draft {
        return Ok(());
    }
    let allowed = next(status).iter().map(ActiveEnum::to_value);
    Err(Problem {
        message: format!(
            "Only a draft can be changed, and it is {}: its content is frozen until it is referred back and reopened.",
            status.to_value()
        ),
        ..Problem::transition("id", status.to_value(), ReportStatus::Draft.to_value(), allowed)
    })
}

/// A report is published once, after it was decided.
///
/// # Errors
/// A problem `ILLEGAL_TRANSITION` before the decision and after the publication.
pub(in crate::reporting) fn refuse_republication(status: ReportStatus, published: bool) -> Result<(), Problem> {
    let refusal = |from: String, message: &str| {
        Err(Problem {
            message: message.to_owned(),
            ..Problem::transition("id", from, "PUBLISHED".to_owned(), [])
        })
    };
    match (status, published) {
        (ReportStatus::Decided, false) => Ok(()),
        (ReportStatus::Decided, true) => refusal("PUBLISHED".to_owned(), "It is published already."),
        _ => refusal(
            status.to_value(),
            "Only a report that its committee has decided on is published.",
        ),
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

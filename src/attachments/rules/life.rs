use crate::{
    language::Term,
    use_case::{Problem, ProblemKind},
};

/// The most files of one thing.
const MOST: usize = 50;

/// What becomes of a file, which has no statuses.
const SUBMITTED: Term = Term::state("Attachment", "SUBMITTED");
const REMOVED: Term = Term::state("Attachment", "REMOVED");

/// One thing has so many files and no more.
///
/// # Errors
/// A problem `LIMIT` when there are as many already.
pub(in crate::attachments) fn refuse_many(there: usize) -> Result<(), Problem> {
    if there < MOST {
        return Ok(());
    }
    let message = message!("attachments-too-many", there, most = MOST);
    Err(Problem::new(ProblemKind::Limit, "subjectId", message))
}

/// A file is removed once.
///
/// # Errors
/// A problem `ILLEGAL_TRANSITION` when it is removed already.
pub(in crate::attachments) fn refuse_removed(removed: bool) -> Result<(), Problem> {
    if removed {
        return Err(Problem::transition("id", REMOVED, REMOVED, []));
    }
    Ok(())
}

/// A file that a submitted report has stays as long as the report does: what is decided on is what was submitted.
///
/// # Errors
/// A problem `ILLEGAL_TRANSITION` when a submitted report has it.
pub(in crate::attachments) fn refuse_frozen(frozen: bool) -> Result<(), Problem> {
    if frozen {
        return Err(Problem {
            message: message!("attachments-frozen"),
            ..Problem::transition("id", SUBMITTED, REMOVED, [])
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_bounded_and_stay_while_a_report_has_them() {
        assert!(refuse_many(MOST - 1).is_ok() && refuse_many(MOST).is_err());
        assert!(refuse_removed(false).is_ok() && refuse_removed(true).is_err());
        assert!(refuse_frozen(false).is_ok());
        assert!(refuse_frozen(true).is_err_and(|problem| problem.message.in_english().contains("referred back")));
    }
}

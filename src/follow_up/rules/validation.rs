use crate::{
    language::Message,
    use_case::{Check, LONG_TEXT, Problem},
};
use entity::{CorrectiveActionStatus, FindingStatus, Severity};

/// How many there were, how many of them were checked, and how many of those deviated.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::follow_up) struct Counts {
    pub(in crate::follow_up) population: Option<i32>,
    pub(in crate::follow_up) sample_size: Option<i32>,
    pub(in crate::follow_up) deviations: Option<i32>,
}

/// Notes counts that are negative or do not fit each other. What is unknown fits.
pub(in crate::follow_up) fn refuse_impossible_counts(check: &mut Check, counts: Counts) {
    let Counts {
        population,
        sample_size,
        deviations,
    } = counts;
    check.number("population", population, 0..=i32::MAX);
    check.number("sampleSize", sample_size, 0..=i32::MAX);
    check.number("deviations", deviations, 0..=i32::MAX);
    refuse_more(check, "sampleSize", sample_size, population, more_than_population);
    match sample_size {
        Some(_) => refuse_more(check, "deviations", deviations, sample_size, |part, whole| {
            message!("follow-up-more-than-checked", part, whole)
        }),
        None => refuse_more(check, "deviations", deviations, population, more_than_population),
    }
}

/// Notes when more are affected than there are.
pub(in crate::follow_up) fn refuse_impossible_extent(
    check: &mut Check,
    affected: Option<i32>,
    population: Option<i32>,
) {
    check.number("affected", affected, 0..=i32::MAX);
    check.number("population", population, 0..=i32::MAX);
    refuse_more(check, "affected", affected, population, |part, whole| {
        message!("follow-up-more-than-there-are", part, whole)
    });
}

fn more_than_population(part: i32, whole: i32) -> Message {
    message!("follow-up-more-than-population", part, whole)
}

fn refuse_more(check: &mut Check, path: &str, part: Option<i32>, whole: Option<i32>, message: fn(i32, i32) -> Message) {
    if let (Some(part), Some(whole)) = (part, whole) {
        check.require(part <= whole, || Problem::invalid(path, message(part, whole)));
    }
}

/// Notes a progress that is no percentage.
pub(in crate::follow_up) fn refuse_impossible_progress(check: &mut Check, percent: Option<i32>) {
    check.number("progressPercent", percent, 0..=100);
}

/// Notes when a finding is said to come from a check and a review at once.
pub(in crate::follow_up) fn refuse_two_sources(check: &mut Check, from_check: bool, from_review: bool) {
    check.require(!(from_check && from_review), || {
        Problem::invalid("reviewId", message!("follow-up-two-sources"))
    });
}

/// What a severity is ordered by: 0 while it is unknown.
pub(in crate::follow_up) fn severity_rank(severity: Option<Severity>) -> i32 {
    match severity {
        None => 0,
        Some(Severity::Low) => 1,
        Some(Severity::Medium) => 2,
        Some(Severity::High) => 3,
        Some(Severity::Critical) => 4,
    }
}

/// Whether a step of a finding asks for a reason.
pub(in crate::follow_up) fn finding_step_needs_reason(from: FindingStatus, to: FindingStatus) -> bool {
    to == FindingStatus::Accepted || (from, to) == (FindingStatus::Resolved, FindingStatus::Open)
}

/// Whether a step of an action asks for a reason.
pub(in crate::follow_up) fn action_step_needs_reason(from: CorrectiveActionStatus, to: CorrectiveActionStatus) -> bool {
    to == CorrectiveActionStatus::Cancelled || failed_verification(from, to)
}

/// Whether a step of an action says that it was not done after all.
pub(in crate::follow_up) fn failed_verification(from: CorrectiveActionStatus, to: CorrectiveActionStatus) -> bool {
    (from, to) == (CorrectiveActionStatus::Done, CorrectiveActionStatus::Ongoing)
}

/// Notes when a reason is missing, or given where none is kept.
pub(in crate::follow_up) fn refuse_wrong_reason(check: &mut Check, needed: bool, reason: Option<&String>) {
    match reason {
        Some(reason) if needed => check.text("reason", reason, LONG_TEXT),
        Some(_) => check.add(Problem::invalid("reason", message!("follow-up-reason-not-kept"))),
        None => check.require(!needed, || {
            Problem::invalid("reason", message!("follow-up-reason-needed"))
        }),
    }
}

/// Notes when the time that an action was done is missing, or given for an action that is not done.
pub(in crate::follow_up) fn refuse_wrong_time_done(check: &mut Check, status: CorrectiveActionStatus, given: bool) {
    let done = status == CorrectiveActionStatus::Done;
    check.require(given == done, || {
        let message = if done {
            message!("follow-up-time-done-needed")
        } else {
            message!("follow-up-time-done-not-kept")
        };
        Problem::invalid("doneOn", message)
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::use_case::Failure;

    fn paths(check: Check) -> Vec<String> {
        match check.finish() {
            Ok(()) => Vec::new(),
            Err(Failure::Problems(problems)) => problems.into_iter().map(|problem| problem.path.join(".")).collect(),
            Err(other) => panic!("{other:?}"),
        }
    }

    fn counted(population: Option<i32>, sample_size: Option<i32>, deviations: Option<i32>) -> Vec<String> {
        let mut check = Check::new();
        let counts = Counts {
            population,
            sample_size,
            deviations,
        };
        refuse_impossible_counts(&mut check, counts);
        paths(check)
    }

    #[test]
    fn a_part_is_at_most_the_whole_and_the_unknown_fits() {
        assert!(counted(None, None, None).is_empty());
        assert!(counted(Some(110), Some(10), Some(0)).is_empty());
        assert!(counted(Some(110), None, Some(110)).is_empty());
        assert!(counted(None, None, Some(7)).is_empty());
        assert_eq!(counted(Some(5), Some(6), None), ["sampleSize"]);
        assert_eq!(counted(Some(110), Some(5), Some(6)), ["deviations"]);
        assert_eq!(counted(Some(5), None, Some(6)), ["deviations"]);
        assert_eq!(counted(Some(-1), None, None), ["population"]);
    }

    #[test]
    fn no_more_are_affected_than_there_are() {
        for (affected, population, fits) in [
            (Some(6), Some(110), true),
            (Some(6), None, true),
            (Some(111), Some(110), false),
            (Some(-1), None, false),
        ] {
            let mut check = Check::new();
            refuse_impossible_extent(&mut check, affected, population);
            assert_eq!(paths(check).is_empty(), fits, "{affected:?} of {population:?}");
        }
    }

    #[test]
    fn severities_are_ordered_and_the_unknown_comes_last() {
        use Severity::{Critical, High, Low, Medium};
        let ranks = [None, Some(Low), Some(Medium), Some(High), Some(Critical)].map(severity_rank);
        assert_eq!(ranks, [0, 1, 2, 3, 4]);
    }

    #[test]
    fn a_reason_is_given_where_one_is_kept() {
        let reason = "The new routine is not used.".to_owned();
        for (needed, given, fits) in [
            (true, Some(&reason), true),
            (true, None, false),
            (false, None, true),
            (false, Some(&reason), false),
        ] {
            let mut check = Check::new();
            refuse_wrong_reason(&mut check, needed, given);
            assert_eq!(paths(check).is_empty(), fits, "{needed} {given:?}");
        }
    }

    #[test]
    fn only_what_is_done_has_a_time() {
        use CorrectiveActionStatus::{Done, Ongoing};
        for (status, given, fits) in [
            (Done, true, true),
            (Done, false, false),
            (Ongoing, false, true),
            (Ongoing, true, false),
        ] {
            let mut check = Check::new();
            refuse_wrong_time_done(&mut check, status, given);
            assert_eq!(paths(check).is_empty(), fits, "{status:?} {given}");
        }
    }
}

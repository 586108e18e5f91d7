use chrono::NaiveDate;
use entity::{CorrectiveActionStatus, Trend};

/// The day that an action without a due date is ordered by.
const NEVER_DUE: NaiveDate = match NaiveDate::from_ymd_opt(9999, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

/// What an action's due date is ordered by: those without one come last.
pub(in crate::follow_up) fn due_key(due_on: Option<NaiveDate>) -> NaiveDate {
    due_on.unwrap_or(NEVER_DUE)
}

/// The states in which an action can be overdue.
pub(in crate::follow_up) const UNDONE: [CorrectiveActionStatus; 2] =
    [CorrectiveActionStatus::Planned, CorrectiveActionStatus::Ongoing];

/// Whether an action should have been done by now and is not.
pub(crate) fn is_overdue(status: CorrectiveActionStatus, due_on: Option<NaiveDate>, today: NaiveDate) -> bool {
    UNDONE.contains(&status) && due_on.is_some_and(|due| due < today)
}

/// The development since the year before by the ranks of the two ratings, of which 1 is the best.
pub(crate) fn trend(rank: i32, rank_before: i32) -> Trend {
    match rank.cmp(&rank_before) {
        std::cmp::Ordering::Less => Trend::Improved,
        std::cmp::Ordering::Equal => Trend::Unchanged,
        std::cmp::Ordering::Greater => Trend::Worsened,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sea_orm::Iterable;

    #[test]
    fn an_action_is_overdue_the_day_after_it_was_due() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let due = Some(day("2018-01-31"));
        for status in CorrectiveActionStatus::iter() {
            let undone = UNDONE.contains(&status);
            assert!(!is_overdue(status, due, day("2018-01-31")), "{status:?}");
            assert_eq!(is_overdue(status, due, day("2018-02-01")), undone, "{status:?}");
            assert!(!is_overdue(status, None, day("2018-02-01")), "{status:?}");
        }
    }

    #[test]
    fn actions_without_a_due_date_come_last() {
        let day = NaiveDate::from_ymd_opt(2018, 1, 31).unwrap();
        assert_eq!(due_key(Some(day)), day);
        assert_eq!(due_key(None).to_string(), "9999-12-31");
    }

    #[test]
    fn a_lower_rank_is_better() {
        assert_eq!(trend(1, 2), Trend::Improved);
        assert_eq!(trend(2, 2), Trend::Unchanged);
        assert_eq!(trend(3, 2), Trend::Worsened);
    }
}

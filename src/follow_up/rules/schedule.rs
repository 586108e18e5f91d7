use chrono::NaiveDate;

/// How a planned check stands.
#[derive(async_graphql::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScheduledCheckState {
    /// Its time has not come (ej förfallen).
    NotDue,
    /// Its time has come and is not over, and no check has been performed in it (att göra).
    Due,
    /// A check was performed in its time (utförd).
    Done,
    /// Its time is over, and no check was performed in it (missad).
    Missed,
}

/// The days from and to which something is or was to be done, both included.
pub(in crate::follow_up) type Window = (NaiveDate, NaiveDate);

/// Whether a check that is known to have been performed in a period counts for a time: the two have a day in common.
pub(in crate::follow_up) fn fulfils(performed: Window, time: Window) -> bool {
    performed.0 <= time.1 && time.0 <= performed.1
}

/// How a time stands on a day, by whether a check was performed in it; `None` while that is not known.
pub(in crate::follow_up) fn scheduled_state(
    time: Window,
    performed: Option<bool>,
    today: NaiveDate,
) -> Option<ScheduledCheckState> {
    if performed == Some(true) {
        return Some(ScheduledCheckState::Done);
    }
    if today < time.0 {
        return Some(ScheduledCheckState::NotDue);
    }
    performed?;
    Some(match today <= time.1 {
        true => ScheduledCheckState::Due,
        false => ScheduledCheckState::Missed,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ScheduledCheckState::{Done, Due, Missed, NotDue};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_time_is_due_until_it_is_over_and_then_missed() {
        let may = (day("2018-05-25"), day("2018-05-31"));
        for (today, performed, state) in [
            ("2018-05-24", Some(false), Some(NotDue)),
            ("2018-05-24", None, Some(NotDue)),
            ("2018-05-25", Some(false), Some(Due)),
            ("2018-05-31", Some(false), Some(Due)),
            ("2018-06-01", Some(false), Some(Missed)),
            ("2018-05-25", Some(true), Some(Done)),
            ("2018-06-01", Some(true), Some(Done)),
            ("2018-06-01", None, None),
        ] {
            assert_eq!(
                scheduled_state(may, performed, day(today)),
                state,
                "{today} {performed:?}"
            );
        }
    }

    #[test]
    fn a_check_counts_for_the_times_that_it_may_have_been_performed_in() {
        let may = (day("2018-05-25"), day("2018-05-31"));
        for (earliest, latest, counts) in [
            ("2018-05-24", "2018-05-24", false),
            ("2018-05-25", "2018-05-25", true),
            ("2018-05-01", "2018-05-31", true),
            ("2018-05-31", "2018-06-02", true),
            ("2018-06-01", "2018-06-01", false),
        ] {
            assert_eq!(
                fulfils((day(earliest), day(latest)), may),
                counts,
                "{earliest} {latest}"
            );
        }
    }
}

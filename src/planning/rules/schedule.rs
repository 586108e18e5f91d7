//! The times at which a point is to be checked.

use crate::{
    graphql::PartialDateInput,
    use_case::{Check, Problem, ProblemKind},
};
use chrono::{Months, NaiveDate};

/// The most times that a point has in a year: every week, and a few more.
const MOST_TIMES: usize = 60;

/// How many months after its year a time may still be: what is reported on is closed by then.
const MONTHS_AFTER: u32 = 3;

/// Notes the times that are none, that lie outside the year and the three months after it, or that do not follow one
/// another: a check is then told to be of one.
pub(in crate::planning) fn refuse_bad_times(check: &mut Check, path: &str, times: &[PartialDateInput], year: i32) {
    if times.len() > MOST_TIMES {
        let message = message!("planning-too-many-times", most = MOST_TIMES, found = times.len());
        check.add(Problem::new(ProblemKind::Limit, path, message));
        return;
    }
    let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default();
    let last = NaiveDate::from_ymd_opt(year.saturating_add(1), MONTHS_AFTER, 31).unwrap_or_default();
    for (index, time) in times.iter().enumerate() {
        let path = format!("{path}.{index}");
        check.time(&path, Some(time));
        let within = first <= time.earliest.0 && time.latest.0 <= last;
        check.require(within, || {
            Problem::invalid(&path, message!("planning-time-outside-year", first, last))
        });
        let before = index.checked_sub(1).and_then(|before| times.get(before));
        check.require(before.is_none_or(|before| before.latest < time.earliest), || {
            let message = message!("planning-times-overlap");
            Problem::invalid(&format!("{path}.earliest"), message)
        });
    }
}

/// The same day in another year; the last day of February where that year has no 29th.
pub(in crate::planning) fn moved_day(day: NaiveDate, from: i32, to: i32) -> NaiveDate {
    let months = Months::new(from.abs_diff(to).saturating_mul(12));
    let moved = if from <= to {
        day.checked_add_months(months)
    } else {
        day.checked_sub_months(months)
    };
    moved.unwrap_or(day)
}

/// A time's words in another year: where they name the old one, they name the new one.
pub(in crate::planning) fn moved_words(words: &str, from: i32, to: i32) -> String {
    words.replace(&from.to_string(), &to.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{graphql::Date, use_case::Failure};

    fn time(earliest: &str, latest: &str) -> PartialDateInput {
        PartialDateInput {
            earliest: Date(earliest.parse().unwrap()),
            latest: Date(latest.parse().unwrap()),
            text: "maj".to_owned(),
        }
    }

    fn refused(times: &[PartialDateInput]) -> Vec<String> {
        let mut check = Check::new();
        refuse_bad_times(&mut check, "scheduledTimes", times, 2018);
        match check.finish() {
            Ok(()) => Vec::new(),
            Err(Failure::Problems(problems)) => problems.into_iter().map(|it| it.path.join(".")).collect(),
            Err(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn times_are_of_the_year_and_follow_one_another() {
        assert!(refused(&[]).is_empty());
        assert!(refused(&[time("2018-01-01", "2018-01-31"), time("2018-02-01", "2018-02-01")]).is_empty());
        assert!(
            refused(&[time("2019-01-01", "2019-03-31")]).is_empty(),
            "what is done after the year"
        );
        assert_eq!(refused(&[time("2017-12-31", "2018-01-31")]), ["scheduledTimes.0"]);
        assert_eq!(refused(&[time("2019-03-31", "2019-04-01")]), ["scheduledTimes.0"]);
        assert_eq!(
            refused(&[time("2018-03-02", "2018-03-01")]),
            ["scheduledTimes.0.latest"]
        );
        assert_eq!(
            refused(&[time("2018-03-01", "2018-03-31"), time("2018-03-31", "2018-04-30")]),
            ["scheduledTimes.1.earliest"]
        );
    }

    #[test]
    fn there_are_not_more_than_somebody_can_follow() {
        let day = |number: u32| NaiveDate::from_ymd_opt(2018, 1, 1).unwrap() + chrono::Days::new(number.into());
        let many = |number: u32| -> Vec<PartialDateInput> {
            (0..number)
                .map(|it| time(&day(it).to_string(), &day(it).to_string()))
                .collect()
        };
        assert!(refused(&many(60)).is_empty());
        assert_eq!(refused(&many(61)), ["scheduledTimes"]);
    }

    #[test]
    fn a_time_comes_along_by_a_year() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(moved_day(day("2017-05-31"), 2017, 2018), day("2018-05-31"));
        assert_eq!(moved_day(day("2016-02-29"), 2016, 2017), day("2017-02-28"));
        assert_eq!(moved_day(day("2018-01-15"), 2017, 2018), day("2019-01-15"));
        assert_eq!(moved_words("slutet av maj 2017", 2017, 2018), "slutet av maj 2018");
        assert_eq!(moved_words("varje kvartal", 2017, 2018), "varje kvartal");
    }
}

//! When somebody is reminded, and what becomes of it.

use super::{
    reasons::{given_up, kept},
    settings::ReminderSettings,
};
use crate::{language::Message, work::WorkRow};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use chrono_tz::Europe::Stockholm;
use entity::{ReminderStage, ReminderStatus, reminder};
use std::time::Duration;

/// The day that stands for none.
const FAR: NaiveDate = match NaiveDate::from_ymd_opt(9999, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

/// The longest wait between two attempts.
const LONGEST_WAIT: TimeDelta = TimeDelta::hours(6);

/// The most characters of a reason that are kept.
const REASON: usize = 300;

/// The stage that something has reached on a day, and the day that it was reached: the latest one. What is first seen when
/// several have been reached is reminded of once.
pub(super) fn stage_on(
    due: NaiveDate,
    today: NaiveDate,
    settings: &ReminderSettings,
) -> Option<(ReminderStage, NaiveDate)> {
    let reached = |day: &NaiveDate| *day <= today;
    if today <= due {
        let days = settings.days_before.iter();
        let days = days.filter_map(|days| due.checked_sub_days(Days::new((*days).into())));
        days.filter(reached).max().map(|day| (ReminderStage::BeforeDue, day))
    } else {
        let days = settings.days_after.iter();
        let days = days.filter_map(|days| due.checked_add_days(Days::new(days.get().into())));
        days.filter(reached).max().map(|day| (ReminderStage::Overdue, day))
    }
}

/// Whether the day's reminders are sent by now: from a time of the Swedish day on.
pub(super) fn has_begun(now: DateTime<Utc>, settings: &ReminderSettings) -> bool {
    now.with_timezone(&Stockholm).time() >= settings.time_of_day
}

/// `due_on` to tell reminders apart by.
pub(super) fn due_key(due_on: Option<NaiveDate>) -> NaiveDate {
    due_on.unwrap_or(FAR)
}

/// Whether a reminder is of a piece of work, as it is now.
pub(super) fn is_of(reminder: &reminder::Model, work: &WorkRow) -> bool {
    reminder.kind == work.kind
        && reminder.subject_id == work.subject_id
        && reminder.occasion_id == work.occasion_id
        && reminder.due_on == work.due_on
}

/// How long it is waited after an attempt that failed: twice as long as after the one before it, six hours at most.
pub(super) fn wait_after(attempts: i32, settings: &ReminderSettings) -> TimeDelta {
    let doublings = u32::try_from(attempts.saturating_sub(1)).unwrap_or_default().min(20);
    let seconds = i64::from(settings.retry_seconds.get()).saturating_mul(1 << doublings);
    TimeDelta::try_seconds(seconds)
        .unwrap_or(LONGEST_WAIT)
        .min(LONGEST_WAIT)
}

/// For how long a server process has a mail to itself: twice what handing it over may take, so that it knows in time
/// whether it still has it.
pub(super) fn lease(timeout: Duration) -> TimeDelta {
    TimeDelta::from_std(timeout * 2).unwrap_or(LONGEST_WAIT)
}

/// What came of handing a mail to the mail server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Delivery {
    /// It took it.
    Accepted,
    /// It refused this mail for good.
    Refused(String),
    /// It did not take this mail now.
    Later(String),
    /// It was not reached, or would not talk to this installation: no mail can be handed over at the moment.
    Unreachable(String),
    /// The whole mail was sent, and no answer came: it may have taken it.
    Unanswered(String),
}

/// What becomes of a reminder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Outcome {
    pub(super) status: ReminderStatus,
    /// Whether it may have been sent without being known to be.
    pub(super) perhaps_sent: bool,
    pub(super) reason: Option<String>,
}

impl Outcome {
    fn new(status: ReminderStatus, reason: Option<&str>) -> Self {
        Self {
            status,
            perhaps_sent: false,
            reason: reason.map(shortened),
        }
    }

    /// Nothing is sent, since there is nothing to be reminded of or nobody to remind.
    pub(super) fn obsolete(reason: &Message) -> Self {
        Self::new(ReminderStatus::Obsolete, Some(&kept(reason)))
    }

    /// It cannot be sent to this user.
    pub(super) fn failed(reason: &str) -> Self {
        Self::new(ReminderStatus::Failed, Some(reason))
    }

    /// What becomes of a reminder by its delivery. `perhaps_twice` is whether an earlier attempt was interrupted: what may
    /// have been sent once more than it should is not sent again.
    pub(super) fn of(delivery: &Delivery, attempts: i32, perhaps_twice: bool, settings: &ReminderSettings) -> Self {
        match delivery {
            Delivery::Accepted => Self::new(ReminderStatus::Sent, None),
            Delivery::Refused(reason) => Self::failed(reason),
            Delivery::Unanswered(reason) => Self::interrupted(perhaps_twice, reason),
            Delivery::Later(reason) | Delivery::Unreachable(reason) => {
                if attempts >= i32::from(settings.attempts.get()) {
                    Self::failed(&kept(&given_up(attempts, reason)))
                } else {
                    Self::new(ReminderStatus::Pending, Some(reason))
                }
            }
        }
    }

    /// An attempt was interrupted: nobody knows whether the mail server took the mail. It is tried once more, and never
    /// again.
    pub(super) fn interrupted(perhaps_twice: bool, reason: &str) -> Self {
        let status = if perhaps_twice {
            ReminderStatus::Unknown
        } else {
            ReminderStatus::Pending
        };
        Self {
            perhaps_sent: true,
            ..Self::new(status, Some(reason))
        }
    }
}

/// A reason as it is kept: on one line, and not longer than fits.
fn shortened(reason: &str) -> String {
    let line = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= REASON {
        return line;
    }
    line.chars().take(REASON - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn reached(today: &str) -> Option<(ReminderStage, String)> {
        let found = stage_on(day("2018-02-15"), day(today), &ReminderSettings::default());
        found.map(|(stage, day)| (stage, day.to_string()))
    }

    #[test]
    fn the_latest_stage_counts() {
        use ReminderStage::{BeforeDue, Overdue};
        assert_eq!(reached("2018-01-31"), None);
        assert_eq!(reached("2018-02-01"), Some((BeforeDue, "2018-02-01".to_owned())));
        assert_eq!(reached("2018-02-11"), Some((BeforeDue, "2018-02-01".to_owned())));
        assert_eq!(reached("2018-02-12"), Some((BeforeDue, "2018-02-12".to_owned())));
        assert_eq!(reached("2018-02-15"), Some((BeforeDue, "2018-02-12".to_owned())));
        assert_eq!(reached("2018-02-16"), Some((Overdue, "2018-02-16".to_owned())));
        assert_eq!(reached("2018-02-28"), Some((Overdue, "2018-02-16".to_owned())));
        assert_eq!(reached("2018-03-01"), Some((Overdue, "2018-03-01".to_owned())));
        assert_eq!(reached("2019-03-01"), Some((Overdue, "2018-03-01".to_owned())));
    }

    #[test]
    fn what_is_overdue_is_not_reminded_of_as_due() {
        let settings = ReminderSettings {
            days_after: Vec::new(),
            ..ReminderSettings::default()
        };
        assert_eq!(stage_on(day("2018-02-15"), day("2018-02-16"), &settings), None);
    }

    #[test]
    fn the_day_begins_by_the_swedish_clock() {
        let at = |text: &str| has_begun(text.parse().unwrap(), &ReminderSettings::default());
        assert!(!at("2018-02-15T05:59:59Z"));
        assert!(at("2018-02-15T06:00:00Z"));
        assert!(at("2018-07-15T05:00:00Z"), "summer time");
    }

    #[test]
    fn waits_double_up_to_six_hours() {
        let settings = ReminderSettings::default();
        let minutes = [1, 2, 3, 9, 10, 24].map(|attempts| wait_after(attempts, &settings).num_minutes());
        assert_eq!(minutes, [1, 2, 4, 256, 360, 360]);
    }

    #[test]
    fn what_may_have_been_sent_is_sent_once_more_and_not_again() {
        let settings = ReminderSettings::default();
        let unanswered = Delivery::Unanswered("the connection was lost".to_owned());
        let first = Outcome::of(&unanswered, 1, false, &settings);
        assert_eq!((first.status, first.perhaps_sent), (ReminderStatus::Pending, true));
        let second = Outcome::of(&unanswered, 2, true, &settings);
        assert_eq!(second.status, ReminderStatus::Unknown);
    }

    #[test]
    fn it_is_given_up_at_once_or_in_the_end() {
        let settings = ReminderSettings::default();
        let later = Delivery::Later("451 try again".to_owned());
        assert_eq!(
            Outcome::of(&later, 23, false, &settings).status,
            ReminderStatus::Pending
        );
        let last = Outcome::of(&later, 24, false, &settings);
        assert_eq!(last.status, ReminderStatus::Failed);
        assert!(last.reason.unwrap().contains("24 attempts: 451"));
        let refused = Delivery::Refused("550 nobody".to_owned());
        assert_eq!(
            Outcome::of(&refused, 1, false, &settings).status,
            ReminderStatus::Failed
        );
    }

    #[test]
    fn a_reason_fits_on_a_line() {
        let outcome = Outcome::failed(&format!("a\r\nb {}", "å".repeat(400)));
        let reason = outcome.reason.unwrap();
        assert!(reason.starts_with("a b å"));
        assert_eq!(reason.chars().count(), REASON);
    }
}

//! The one source of "now".

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Europe::Stockholm;

/// The domain's clock: the real one, or fixed at a moment for a demonstration or a test.
///
/// It decides what is overdue and which assignments are valid. It never decides whether a token has expired.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    fixed: Option<DateTime<Utc>>,
}

/// The text is no moment.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("\"{0}\" is neither a date (2018-02-15) nor a moment (2018-02-15T09:00:00+01:00)")]
pub struct ClockError(String);

impl Clock {
    /// A clock that stands still at `moment`.
    #[must_use]
    pub fn fixed(moment: DateTime<Utc>) -> Self {
        Self { fixed: Some(moment) }
    }

    /// A clock that stands still at noon of a date, or at a moment in RFC 3339.
    ///
    /// # Errors
    /// When the text is neither.
    pub fn parse(text: &str) -> Result<Self, ClockError> {
        let moment = match text.parse::<NaiveDate>() {
            Ok(date) => date.and_hms_opt(12, 0, 0).map(|noon| noon.and_utc()),
            Err(_) => DateTime::parse_from_rfc3339(text).ok().map(|moment| moment.to_utc()),
        };
        moment.map(Self::fixed).ok_or_else(|| ClockError(text.to_owned()))
    }

    /// The moment it is, in UTC and without fractions of a microsecond, which PostgreSQL would drop.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        use chrono::SubsecRound;
        self.fixed.unwrap_or_else(Utc::now).trunc_subsecs(6)
    }

    /// The day it is in Sweden, where the deadlines are.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.now().with_timezone(&Stockholm).date_naive()
    }
}

#[cfg(test)]
mod tests {
    use super::Clock;

    #[test]
    fn the_day_is_swedish() {
        let clock = Clock::parse("2018-02-14T23:30:00Z").unwrap();
        assert_eq!(clock.today().to_string(), "2018-02-15");
    }

    #[test]
    fn a_date_stands_for_its_noon() {
        let clock = Clock::parse("2018-02-15").unwrap();
        assert_eq!(clock.now().to_rfc3339(), "2018-02-15T12:00:00+00:00");
    }

    #[test]
    fn other_texts_are_refused() {
        let error = Clock::parse("tomorrow").unwrap_err();
        assert!(error.to_string().starts_with("\"tomorrow\" is neither"));
    }
}

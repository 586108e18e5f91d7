use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::{DateTime as Moment, Datelike, NaiveDate, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

/// The years that a date or a control year may have. Anything else is a slip of the keyboard.
pub const YEARS: RangeInclusive<i32> = 1900..=2200;

/// A calendar date, as in ISO 8601: `2018-01-30`. Its year is 1900 to 2200.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Date(pub NaiveDate);

/// A moment in time, as in RFC 3339 and always in UTC: `2018-01-30T12:00:00Z`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateTime(pub Moment<Utc>);

/// A calendar date, as in ISO 8601: `2018-01-30`. Its year is 1900 to 2200.
#[Scalar(name = "Date", specified_by_url = "https://scalars.graphql.org/andimarek/local-date")]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else {
            return Err(super::bad_input("A date is a text such as \"2018-01-30\"."));
        };
        date(text).ok_or_else(|| {
            super::bad_input(format!(
                "\"{text}\" is not a date of the years 1900 to 2200, written as 2018-01-30."
            ))
        })
    }

    fn is_valid(value: &Value) -> bool {
        matches!(value, Value::String(text) if date(text).is_some())
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

fn date(text: &str) -> Option<Date> {
    // Stricter than the parser, which takes "2018-1-30" too.
    let date: NaiveDate = text.parse().ok()?;
    (text.len() == 10 && YEARS.contains(&date.year())).then_some(Date(date))
}

/// A moment in time, as in RFC 3339 and always in UTC: `2018-01-30T12:00:00Z`.
#[Scalar(
    name = "DateTime",
    specified_by_url = "https://scalars.graphql.org/andimarek/date-time"
)]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        let wrong = || -> InputValueError<Self> {
            super::bad_input("A moment is a text in RFC 3339, such as \"2018-01-30T12:00:00Z\".")
        };
        let Value::String(text) = &value else {
            return Err(wrong());
        };
        Moment::parse_from_rfc3339(text)
            .map(|moment| Self(moment.to_utc()))
            .map_err(|_| wrong())
    }

    fn is_valid(value: &Value) -> bool {
        matches!(value, Value::String(text) if Moment::parse_from_rfc3339(text).is_ok())
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

use super::Date;
use async_graphql::{InputObject, MaybeUndefined, SimpleObject};
use chrono::NaiveDate;
use sea_orm::ActiveValue;
use serde::{Deserialize, Serialize};

/// A time that is known as a day or only as a period: "2018-01-30", "slutet av maj 2017", "november 2017".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SimpleObject)]
pub struct PartialDate {
    /// The first day that it can be.
    pub earliest: Date,
    /// The last day that it can be; the same as the first when the day is known.
    pub latest: Date,
    /// As it was stated.
    pub text: String,
}

/// A time that is known as a day or only as a period.
#[derive(Clone, Debug, PartialEq, Eq, InputObject)]
pub struct PartialDateInput {
    /// The first day that it can be.
    pub earliest: Date,
    /// The last day that it can be; the same as the first when the day is known.
    pub latest: Date,
    /// As it is stated: "slutet av maj 2017".
    pub text: String,
}

impl PartialDate {
    /// A time of which all is known.
    #[must_use]
    pub fn stated(earliest: NaiveDate, latest: NaiveDate, text: &str) -> Self {
        Self {
            earliest: Date(earliest),
            latest: Date(latest),
            text: text.to_owned(),
        }
    }

    /// The time in a row's three columns, which the database keeps together.
    #[must_use]
    pub fn of(earliest: Option<NaiveDate>, latest: Option<NaiveDate>, text: Option<&String>) -> Option<Self> {
        Some(Self::stated(earliest?, latest?, text?))
    }
}

/// What the three columns of a time become.
#[derive(Debug)]
pub struct PartialDateColumns {
    /// The first day.
    pub earliest: ActiveValue<Option<NaiveDate>>,
    /// The last day.
    pub latest: ActiveValue<Option<NaiveDate>>,
    /// As stated.
    pub text: ActiveValue<Option<String>>,
}

impl From<MaybeUndefined<PartialDateInput>> for PartialDateColumns {
    fn from(change: MaybeUndefined<PartialDateInput>) -> Self {
        let time = match change {
            MaybeUndefined::Undefined => {
                return Self {
                    earliest: ActiveValue::NotSet,
                    latest: ActiveValue::NotSet,
                    text: ActiveValue::NotSet,
                };
            }
            MaybeUndefined::Null => None,
            MaybeUndefined::Value(time) => Some(time),
        };
        time.into()
    }
}

impl From<Option<PartialDateInput>> for PartialDateColumns {
    fn from(time: Option<PartialDateInput>) -> Self {
        let (earliest, latest, text) = match time {
            Some(time) => (Some(time.earliest.0), Some(time.latest.0), Some(time.text)),
            None => (None, None, None),
        };
        Self {
            earliest: ActiveValue::Set(earliest),
            latest: ActiveValue::Set(latest),
            text: ActiveValue::Set(text),
        }
    }
}

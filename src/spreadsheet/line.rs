use super::{
    Choice, ProblemCode, Row, SheetProblems, Value,
    filled::{Places, shortened},
    list::split_list,
};
use crate::language::Message;
use async_graphql::MaybeUndefined::{self, Null, Undefined};
use chrono::NaiveDate;

/// A row as it is read: each value once.
#[derive(Debug)]
pub(crate) struct Line<'a> {
    row: Row,
    problems: &'a mut SheetProblems,
    places: &'a Places,
}

impl<'a> Line<'a> {
    pub(super) fn of(row: Row, problems: &'a mut SheetProblems, places: &'a Places) -> Self {
        Self { row, problems, places }
    }
}

impl Line<'_> {
    /// Which row of the sheet it is, from 0.
    pub(crate) const fn number(&self) -> u32 {
        self.row.number
    }

    /// A text, trimmed. A whole number is taken as the text that it looks like.
    pub(crate) fn text(&mut self, name: &'static str) -> MaybeUndefined<String> {
        self.read(name, |value| match value {
            Value::Text(text) => Ok(text.trim().to_owned()),
            other => other.into_text(),
        })
    }

    /// Several texts.
    pub(crate) fn list(&mut self, name: &'static str) -> MaybeUndefined<Vec<String>> {
        let read = self.read(name, |value| match value {
            Value::Text(text) => Ok(split_list(&text)),
            other => other.into_text().map(|text| vec![text]),
        });
        match read {
            Null => MaybeUndefined::Value(Vec::new()),
            read => read,
        }
    }

    /// A whole number.
    pub(crate) fn whole(&mut self, name: &'static str) -> MaybeUndefined<i32> {
        let wrong = || (ProblemCode::WrongType, message!("spreadsheet-whole-number"));
        self.read(name, |value| match value {
            Value::Number(number) => whole(number).ok_or_else(wrong),
            Value::Text(text) => text.trim().parse().map_err(|_| wrong()),
            _ => Err(wrong()),
        })
    }

    /// A day: one that the program keeps as such, or a text in the form of ISO 8601.
    pub(crate) fn day(&mut self, name: &'static str) -> MaybeUndefined<NaiveDate> {
        self.read(name, |value| match value {
            Value::Day(day) => Ok(day),
            Value::Text(text) => iso_day(text.trim()).ok_or_else(|| {
                (
                    ProblemCode::DateAsText,
                    message!("spreadsheet-date-as-text", text = shortened(&text)),
                )
            }),
            Value::Moment => Err((ProblemCode::WrongType, message!("spreadsheet-moment"))),
            _ => Err((ProblemCode::WrongType, message!("spreadsheet-day"))),
        })
    }

    /// A value of an enum, by its name or its label.
    pub(crate) fn choice<E: Choice>(&mut self, name: &'static str) -> MaybeUndefined<E> {
        let unknown = |found: &str| {
            let message = message!(
                "spreadsheet-unknown-value",
                found = shortened(found),
                known = E::known()
            );
            (ProblemCode::UnknownValue, message)
        };
        self.read(name, |value| match value {
            Value::Text(text) => E::of_cell(text.trim()).ok_or_else(|| unknown(&text)),
            other => Err(other.into_text().map_or_else(|problem| problem, |text| unknown(&text))),
        })
    }

    fn read<T>(
        &mut self,
        name: &'static str,
        understand: impl FnOnce(Value) -> Result<T, (ProblemCode, Message)>,
    ) -> MaybeUndefined<T> {
        let Some(place) = self.places.of(name) else {
            return Undefined;
        };
        let Some(index) = self.row.cells.iter().position(|(of, _)| *of == place) else {
            return Null;
        };
        let (_, value) = self.row.cells.swap_remove(index);
        if value == Value::Wrong {
            return Undefined;
        }
        match understand(value) {
            Ok(value) => MaybeUndefined::Value(value),
            Err((code, message)) => {
                let heading = self.places.heading(name);
                let message = message!("spreadsheet-in-column", heading, message);
                self.problems.at((self.row.number, place), code, message);
                Undefined
            }
        }
    }
}

impl Value {
    /// It as a text, where it looks the same as one.
    fn into_text(self) -> Result<String, (ProblemCode, Message)> {
        match self {
            Self::Text(text) => Ok(text),
            Self::Number(number) => whole(number)
                .map(|number| number.to_string())
                .ok_or((ProblemCode::WrongType, message!("spreadsheet-number-for-text"))),
            Self::Day(_) | Self::Moment => Err((ProblemCode::WrongType, message!("spreadsheet-day-for-text"))),
            Self::Truth(_) | Self::Wrong => Err((ProblemCode::WrongType, message!("spreadsheet-truth-for-text"))),
        }
    }
}

fn whole(number: f64) -> Option<i32> {
    let fits = number.fract() == 0.0 && (f64::from(i32::MIN)..=f64::from(i32::MAX)).contains(&number);
    #[allow(clippy::cast_possible_truncation, reason = "it is whole and fits")]
    fits.then_some(number as i32)
}

/// A day in the form 2018-05-31, and in no other: 05/06/2018 is two days.
fn iso_day(text: &str) -> Option<NaiveDate> {
    let shape = text.len() == 10
        && text.bytes().enumerate().all(|(index, byte)| match index {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    shape
        .then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok())
        .flatten()
}

use super::{
    Column, Kind, Line, MOST_CHARACTERS, MOST_COLUMNS, MOST_ROWS, ProblemCode, Row, SheetProblems, Table, Value,
    cell_name,
};
use crate::language::{Argument, Message};
use std::collections::BTreeSet;

/// A sheet whose headings are understood.
#[derive(Debug)]
pub(crate) struct Filled {
    /// The name of the sheet; none in CSV.
    pub(crate) sheet: Option<String>,
    /// The rows below the headings.
    pub(crate) rows: Vec<Row>,
    /// What is wrong with it.
    pub(crate) problems: SheetProblems,
    places: Places,
}

/// Where the columns of a kind stand in a sheet.
#[derive(Debug)]
pub(super) struct Places {
    columns: &'static [Column],
    /// Each known column that is there, with its place.
    found: Vec<(&'static str, u32)>,
    /// Where headings are, known or not.
    headed: BTreeSet<u32>,
}

impl Places {
    pub(super) fn of(&self, name: &str) -> Option<u32> {
        self.found
            .iter()
            .find(|(found, _)| *found == name)
            .map(|(_, place)| *place)
    }

    pub(super) fn heading(&self, name: &str) -> Message {
        let column = self.columns.iter().find(|column| column.name == name);
        column.map_or(message!("spreadsheet-a-column"), |column| column.heading.clone())
    }
}

impl Filled {
    /// Understands a sheet by the columns of its kind, and notes what is wrong with its headings and its size.
    pub(crate) fn of(table: Table, columns: &'static [Column]) -> Self {
        let Table { sheet, rows, problems } = table;
        let mut filled = Self {
            sheet,
            rows: Vec::new(),
            problems,
            places: Places {
                columns,
                found: Vec::new(),
                headed: BTreeSet::new(),
            },
        };
        let mut rows = rows.into_iter();
        match rows.next() {
            Some(headings) => filled.understand(headings),
            None => filled.problems.whole(ProblemCode::Empty, message!("spreadsheet-empty")),
        }
        filled.rows = rows.collect();
        if filled.problems.is_empty() && filled.rows.is_empty() {
            filled
                .problems
                .whole(ProblemCode::Empty, message!("spreadsheet-no-rows"));
        }
        if filled.rows.len() > MOST_ROWS {
            let found = filled.rows.len();
            let message = message!("spreadsheet-too-many-rows", most = MOST_ROWS, found);
            filled.problems.whole(ProblemCode::Limit, message);
        }
        filled.refuse_outside();
        filled
    }

    fn understand(&mut self, headings: Row) {
        for (place, value) in headings.cells {
            let at = (headings.number, place);
            self.places.headed.insert(place);
            let Value::Text(text) = value else {
                self.problems
                    .at(at, ProblemCode::UnknownHeading, message!("spreadsheet-heading-no-text"));
                continue;
            };
            let known = self.places.columns.iter().find(|column| column.is_called(&text));
            match known {
                None => {
                    let message = message!(
                        "spreadsheet-unknown-heading",
                        heading = shortened(&text),
                        known = self.known()
                    );
                    self.problems.at(at, ProblemCode::UnknownHeading, message);
                }
                Some(column) => match self.places.of(column.name) {
                    Some(other) => {
                        let first = cell_name(headings.number, other);
                        let message = message!("spreadsheet-heading-twice", heading = column.heading, first);
                        self.problems.at(at, ProblemCode::DuplicateHeading, message);
                    }
                    None => self.places.found.push((column.name, place)),
                },
            }
        }
        for column in self.places.columns {
            if column.kind == Kind::Required && self.places.of(column.name).is_none() {
                let message = message!("spreadsheet-heading-missing", heading = column.heading);
                self.problems.whole(ProblemCode::MissingHeading, message);
            }
        }
    }

    fn known(&self) -> Argument {
        let headings = self.places.columns.iter().map(|column| column.heading.clone());
        Argument::Messages(headings.collect(), ", ")
    }

    /// Notes content that stands where no heading is.
    fn refuse_outside(&mut self) {
        let Self {
            rows, problems, places, ..
        } = self;
        if places.found.is_empty() {
            return;
        }
        for row in rows {
            for (place, _) in &row.cells {
                if usize::try_from(*place).map_or(true, |place| place >= MOST_COLUMNS) {
                    let message = message!("spreadsheet-too-many-columns", most = MOST_COLUMNS);
                    problems.at((row.number, *place), ProblemCode::Limit, message);
                    break;
                }
                // Where a heading is that is not known, that is said of the heading.
                if !places.headed.contains(place) {
                    let message = message!("spreadsheet-without-heading");
                    problems.at((row.number, *place), ProblemCode::WithoutHeading, message);
                    break;
                }
            }
        }
    }

    /// The name of a row's cell in a column; where the column is not there, none.
    pub(crate) fn cell(&self, row: u32, name: &str) -> Option<String> {
        self.places.of(name).map(|place| cell_name(row, place))
    }

    /// What `read` makes of each row. What is wrong with cells is noted.
    pub(crate) fn each<T>(&mut self, mut read: impl FnMut(&mut Line<'_>) -> T) -> Vec<T> {
        let Self {
            rows, problems, places, ..
        } = self;
        rows.drain(..)
            .map(|row| {
                let mut line = Line::of(row, problems, places);
                read(&mut line)
            })
            .collect()
    }
}

/// The beginning of what somebody wrote, for a message to repeat.
pub(crate) fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    let text = text.trim();
    if text.chars().count() <= MOST {
        text.to_owned()
    } else {
        text.chars().take(MOST).chain(['…']).collect()
    }
}

/// Whether a text is longer than a cell may be.
pub(super) fn is_too_long(text: &str) -> bool {
    text.len() > MOST_CHARACTERS && text.chars().count() > MOST_CHARACTERS
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_graphql::MaybeUndefined::{self, Undefined};
    use entity::{Language, RiskTreatment};

    static COLUMNS: &[Column] = &[
        Column::required("description", message!("spreadsheet-description")),
        Column::optional("likelihood", message!("spreadsheet-likelihood")),
        Column::optional("treatment", message!("spreadsheet-treatment")),
        Column::optional("plannedEarliest", message!("spreadsheet-planned-earliest")),
    ];

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    fn table(rows: Vec<Vec<Value>>) -> Table {
        let rows = rows.into_iter().zip(0..).map(|(cells, number)| Row {
            number,
            cells: (0..).zip(cells).collect(),
        });
        Table {
            rows: rows.collect(),
            ..Table::default()
        }
    }

    fn told(problems: &SheetProblems) -> Vec<(Option<&str>, &str)> {
        let told = problems.told().iter();
        told.map(|problem| (problem.cell.as_deref(), problem.code.as_str()))
            .collect()
    }

    #[test]
    fn headings_are_known_in_both_languages_and_named_where_they_are_wrong() {
        let mut filled = Filled::of(
            table(vec![
                vec![text("Beskrivning"), text(" LIKELIHOOD "), text("treatment")],
                vec![text(" a "), text("3"), text("granskning")],
                vec![Value::Number(17.0), Value::Number(2.0), text("CONTROL")],
            ]),
            COLUMNS,
        );
        let read = filled.each(|line| {
            (
                line.text("description"),
                line.whole("likelihood"),
                line.choice::<RiskTreatment>("treatment"),
                line.day("plannedEarliest"),
            )
        });
        assert!(filled.problems.is_empty(), "{:?}", filled.problems);
        let value = MaybeUndefined::Value;
        let control = MaybeUndefined::Value(RiskTreatment::Control);
        assert_eq!(
            read,
            [
                (value("a".to_owned()), MaybeUndefined::Value(3), control, Undefined),
                (value("17".to_owned()), MaybeUndefined::Value(2), control, Undefined),
            ]
        );
        let wrong = Filled::of(
            table(vec![
                vec![text("likelihood"), text("Sannolikhet"), text("Färg")],
                vec![text("1")],
            ]),
            COLUMNS,
        );
        assert_eq!(
            told(&wrong.problems),
            [
                (Some("B1"), "DUPLICATE_HEADING"),
                (Some("C1"), "UNKNOWN_HEADING"),
                (None, "MISSING_HEADING")
            ]
        );
    }

    #[test]
    fn each_wrong_value_is_told_by_its_cell() {
        let mut filled = Filled::of(
            table(vec![
                vec![
                    text("description"),
                    text("likelihood"),
                    text("treatment"),
                    text("plannedEarliest"),
                ],
                vec![Value::Truth(true), text("hög"), text("kanske"), text("5/6 2018")],
                vec![text("a"), Value::Number(1.5), Value::Number(1.0), Value::Moment],
                vec![text("a"), text(""), text("CONTROL"), text("2018-02-30"), text("x")],
            ]),
            COLUMNS,
        );
        filled.each(|line| {
            line.text("description");
            line.whole("likelihood");
            line.choice::<RiskTreatment>("treatment");
            line.day("plannedEarliest");
        });
        assert_eq!(
            told(&filled.problems),
            [
                (Some("E4"), "WITHOUT_HEADING"),
                (Some("A2"), "WRONG_TYPE"),
                (Some("B2"), "WRONG_TYPE"),
                (Some("C2"), "UNKNOWN_VALUE"),
                (Some("D2"), "DATE_AS_TEXT"),
                (Some("B3"), "WRONG_TYPE"),
                (Some("C3"), "UNKNOWN_VALUE"),
                (Some("D3"), "WRONG_TYPE"),
                (Some("B4"), "WRONG_TYPE"),
                (Some("D4"), "DATE_AS_TEXT"),
            ]
        );
        let said = filled.problems.told()[4].message.in_language(Language::Sv);
        assert!(said.contains("5/6 2018") && said.contains("2018-05-31"), "{said}");
    }
}

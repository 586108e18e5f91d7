use super::SheetProblems;
use chrono::NaiveDate;

/// What a sheet holds, as it was read: only the cells that have content.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    /// The name of the sheet; none in CSV.
    pub(crate) sheet: Option<String>,
    /// Its rows that are not empty. The first has the headings.
    pub(crate) rows: Vec<Row>,
    /// What is already known to be wrong with it.
    pub(crate) problems: SheetProblems,
}

/// One row that is not empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Row {
    /// Which row of the sheet it is, from 0.
    pub(crate) number: u32,
    /// Its cells with content, each with its column from 0, in their order.
    pub(crate) cells: Vec<(u32, Value)>,
}

/// The content of a cell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    /// A text, trimmed and not empty.
    Text(String),
    /// A number.
    Number(f64),
    /// A day.
    Day(NaiveDate),
    /// A moment of a day: no column takes one.
    Moment,
    /// True or false.
    Truth(bool),
    /// Something that was noted to be wrong already.
    Wrong,
}

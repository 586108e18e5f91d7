//! Sheets: reading what people fill in with Excel or export from elsewhere, and writing what they open there.
//!
//! The room knows cells, headings and encodings, and nothing of the domain: what a kind of sheet has for columns is said
//! beside the concept that its rows are of. What is read is bounded before any of it is unpacked, and each thing that is
//! wrong with it is told by its cell.

mod cell_name;
mod choice;
mod column;
mod export;
mod filled;
mod line;
mod list;
mod problem;
mod reading;
mod refusal;
mod table;
mod text_guard;
mod writing;

pub(crate) use cell_name::cell_name;
pub(crate) use choice::Choice;
pub(crate) use column::{Column, Kind};
pub(crate) use export::{Export, Field, Filter, Shape, Whole, items};
pub(crate) use filled::{Filled, shortened};
pub(crate) use line::Line;
pub(crate) use list::joined_list;
pub(crate) use problem::{ProblemCode, SheetProblems};
pub(crate) use reading::read;
pub(crate) use refusal::FileRefusal;
pub(crate) use table::{Row, Table, Value};
pub(crate) use writing::{Delimiter, Format, Shaped, SheetWriter, WriteError};

/// The most bytes of a sheet that is read.
pub(crate) const MOST_BYTES: u64 = 10 << 20;

/// The most rows below the headings.
pub(crate) const MOST_ROWS: usize = 10_000;

/// The most columns.
pub(crate) const MOST_COLUMNS: usize = 60;

/// The most characters of a cell.
pub(crate) const MOST_CHARACTERS: usize = 20_000;

//! Department reports.

mod department_report;
mod report_author;
mod report_gap;

use crate::new_table::NewTable;

pub(crate) fn tables() -> Vec<NewTable> {
    vec![department_report::table(), report_author::table(), report_gap::table()]
}

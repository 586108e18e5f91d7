//! What becomes of a report or plan in the committees.

mod decision;
mod decision_item;
mod document;
mod recipient;

use crate::new_table::NewTable;

pub(crate) fn tables() -> Vec<NewTable> {
    vec![
        document::table(),
        decision::table(),
        decision_item::table(),
        recipient::table(),
    ]
}

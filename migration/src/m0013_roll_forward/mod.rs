//! What comes along from one control year to the next, and which department carries on another's.

mod carry_over;
mod department_succession;

use crate::new_table::NewTable;

pub(crate) fn tables() -> Vec<NewTable> {
    vec![department_succession::table(), carry_over::table()]
}

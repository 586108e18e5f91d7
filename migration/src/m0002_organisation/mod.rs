//! Committees, departments and people.

mod committee;
mod department;
mod department_committee;
mod role_assignment;
mod user_account;

use crate::new_table::NewTable;

pub(crate) fn tables() -> Vec<NewTable> {
    vec![
        committee::table(),
        department::table(),
        department_committee::table(),
        user_account::table(),
        role_assignment::table(),
    ]
}

use sea_orm_migration::schema::{boolean, integer, integer_null, text};

use crate::new_table::NewTable;

pub(crate) fn table() -> NewTable {
    NewTable::new("control_year")
        .between(integer("year"), 1900, 2200)
        .choice(text("phase"), &["PREPARING", "RUNNING", "REPORTING", "CLOSED"])
        .choice(text("rating_basis"), &["RESULT", "PROGRESS"])
        .column(boolean("rating_required"))
        .between(integer_null("risk_maximum"), 1, 100)
        .versioned()
        .unique("year", &["year"])
}

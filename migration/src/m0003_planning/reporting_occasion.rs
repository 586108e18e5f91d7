use sea_orm_migration::schema::{date_null, integer, text, uuid};

use crate::new_table::NewTable;

pub(crate) fn table() -> NewTable {
    NewTable::new("reporting_occasion")
        .reference(uuid("control_year_id"), "control_year")
        .code(text("code"))
        .line(text("label"))
        .at_least(integer("position"), 0)
        .column(date_null("due_on"))
        .versioned()
        .unique("code", &["control_year_id", "code"])
        .unique("position", &["control_year_id", "position"])
}

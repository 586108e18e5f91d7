use sea_orm_migration::schema::{boolean, integer, text, uuid};

use crate::new_table::NewTable;

pub(crate) fn table() -> NewTable {
    NewTable::new("recipient")
        .reference(uuid("decision_id"), "decision")
        .at_least(integer("number"), 1)
        .line(text("name"))
        .column(boolean("filing_only"))
        .created()
        .unique("number", &["decision_id", "number"])
}

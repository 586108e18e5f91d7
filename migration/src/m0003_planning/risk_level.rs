use sea_orm_migration::schema::{integer, text, text_null, uuid};

use crate::new_table::NewTable;

pub(crate) fn table() -> NewTable {
    NewTable::new("risk_level")
        .reference(uuid("control_year_id"), "control_year")
        .line(text("label"))
        .at_least(integer("from_value"), 0)
        .code(text_null("colour"))
        .created()
        .unique("from_value", &["control_year_id", "from_value"])
}

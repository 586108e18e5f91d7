use sea_orm_migration::schema::{integer, text, text_null, uuid};

use crate::new_table::NewTable;

pub(crate) fn table() -> NewTable {
    NewTable::new("rating_level")
        .reference(uuid("control_year_id"), "control_year")
        .code(text("code"))
        .line(text_null("label"))
        .at_least(integer("rank"), 1)
        .code(text_null("colour"))
        .created()
        .unique("code", &["control_year_id", "code"])
        .unique("rank", &["control_year_id", "rank"])
}

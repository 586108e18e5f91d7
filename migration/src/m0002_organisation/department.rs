use sea_orm_migration::schema::{blob, integer, text, uuid_null};

use crate::new_table::NewTable;

pub(crate) fn table() -> NewTable {
    NewTable::new("department")
        .text(text("code"), 2, 8)
        .line(text("name"))
        .column(blob("name_key"))
        .choice(text("kind"), &["DEPARTMENT", "SECTION", "COMPANY"])
        .reference(uuid_null("parent_id"), "department")
        .at_least(integer("position"), 0)
        .versioned()
        .unique("code", &["code"])
        .index("order", &["position", "name_key", "id"])
}

use sea_orm_migration::schema::{blob, text, uuid_null};

use crate::new_table::NewTable;

pub(crate) fn table() -> NewTable {
    NewTable::new("committee")
        .code(text("code"))
        .line(text("name"))
        .column(blob("name_key"))
        .choice(
            text("kind"),
            &["COUNCIL", "EXECUTIVE_BOARD", "COMMITTEE", "WORKING_COMMITTEE"],
        )
        .reference(uuid_null("parent_id"), "committee")
        .versioned()
        .unique("code", &["code"])
        .index("order", &["name_key", "id"])
}

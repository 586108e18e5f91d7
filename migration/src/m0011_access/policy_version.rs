use sea_orm_migration::schema::{boolean, integer, text, text_null};

use crate::new_table::NewTable;

pub(crate) fn table() -> NewTable {
    NewTable::new("policy_version")
        .at_least(integer("number"), 1)
        .prose(text("rules"))
        .prose(text_null("reason"))
        .column(boolean("in_force"))
        .user("proposed_by")
        .created()
        .unique("number", &["number"])
}

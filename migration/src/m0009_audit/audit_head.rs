use sea_orm_migration::schema::{big_integer, text, text_null};

use crate::new_table::NewTable;

pub(crate) fn table() -> NewTable {
    NewTable::keyed_by("audit_head", &[])
        .at_least(big_integer("sequence"), 0)
        .hash(text("hash"))
        .line(text_null("key_id"))
        .line(text_null("signature"))
}

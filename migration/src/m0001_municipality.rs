//! The tenants.

use sea_orm_migration::schema::{json_binary, text, text_null, text_uniq};

use crate::new_table::NewTable;

pub(crate) fn tables() -> Vec<NewTable> {
    vec![
        NewTable::municipality()
            .text(text_uniq("code"), 4, 4)
            .line(text("name"))
            .line(text_null("organisation_number"))
            .column(json_binary("host_names"))
            .created(),
    ]
}

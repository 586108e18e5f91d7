//! The cases of the registry, which reviews, reports and decisions refer to.

use sea_orm_migration::schema::{text, text_null};

use crate::new_table::NewTable;

pub(crate) fn tables() -> Vec<NewTable> {
    vec![
        NewTable::new("case_file")
            .text(text("number"), 1, 100)
            .line(text_null("title"))
            .versioned()
            .unique("number", &["number"]),
    ]
}

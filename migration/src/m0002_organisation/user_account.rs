use sea_orm_migration::schema::{blob, boolean, text, text_null};

use crate::new_table::NewTable;

pub(crate) fn table() -> NewTable {
    NewTable::new("user_account")
        .line(text("username"))
        .line(text("name"))
        .column(blob("name_key"))
        .line(text_null("email"))
        .choice(text("kind"), &["PERSON", "SERVICE"])
        .column(boolean("active"))
        .versioned()
        .unique("username", &["username"])
        .index("order", &["name_key", "id"])
}

use sea_orm_migration::schema::{boolean, text, uuid};

use crate::new_table::NewTable;

pub(crate) fn table() -> NewTable {
    NewTable::new("user_identity")
        .reference(uuid("user_id"), "user_account")
        .line(text("issuer"))
        .line(text("subject"))
        .column(boolean("in_force"))
        .user("linked_by")
        .versioned()
        .unique_where("subject", &["issuer", "subject"], "in_force")
}

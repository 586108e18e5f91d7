use sea_orm_migration::schema::uuid;

use crate::new_table::NewTable;

pub(crate) fn table() -> NewTable {
    NewTable::keyed_by("follow_up_performer", &["follow_up_id", "user_id"])
        .reference(uuid("follow_up_id"), "follow_up")
        .reference(uuid("user_id"), "user_account")
}

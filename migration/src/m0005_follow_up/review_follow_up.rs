use sea_orm_migration::schema::uuid;

use crate::new_table::NewTable;

pub(crate) fn table() -> NewTable {
    NewTable::keyed_by("review_follow_up", &["review_id", "follow_up_id"])
        .reference(uuid("review_id"), "review")
        .reference(uuid("follow_up_id"), "follow_up")
}

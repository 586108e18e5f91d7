use sea_orm_migration::schema::{text, uuid};

use crate::new_table::NewTable;

pub(crate) fn table() -> NewTable {
    NewTable::keyed_by("idempotency_key", &["actor_id", "mutation", "key"])
        .column(uuid("actor_id"))
        .line(text("mutation"))
        .line(text("key"))
        .line(text("input_hash"))
        .column(uuid("object_id"))
        .created()
        .index("created_at", &["created_at"])
}

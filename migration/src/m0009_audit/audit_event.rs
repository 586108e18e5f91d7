use sea_orm_migration::schema::{big_integer, blob_null, json_binary_null, text, timestamp_with_time_zone, uuid_null};

use crate::new_table::NewTable;

pub(crate) fn table() -> NewTable {
    NewTable::keyed_by("audit_event", &["sequence"])
        .column(big_integer("sequence"))
        .column(timestamp_with_time_zone("occurred_at"))
        .user("actor_id")
        .line(text("actor"))
        .column(uuid_null("request_id"))
        .line(text("action"))
        .line(text("subject_type"))
        .column(uuid_null("subject_id"))
        .column(json_binary_null("payload"))
        .column(blob_null("salt"))
        .hash(text("payload_digest"))
        .hash(text("hash"))
        .index("actor", &["actor_id", "sequence"])
        .index("action", &["action", "sequence"])
        .index("request", &["request_id"])
        .index("subject", &["subject_id", "sequence"])
        .index("occurred_at", &["occurred_at"])
}

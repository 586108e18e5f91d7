use sea_orm_migration::schema::{
    big_integer, json_binary, text, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
};

use crate::new_table::NewTable;

pub(crate) fn table() -> NewTable {
    NewTable::keyed_by("outbox_event", &["sequence"])
        .column(big_integer("sequence"))
        .line(text("kind"))
        .line(text("subject_type"))
        .column(uuid("subject_id"))
        .column(json_binary("payload"))
        .column(timestamp_with_time_zone("occurred_at"))
        .column(timestamp_with_time_zone_null("dispatched_at"))
        .index("dispatched_at", &["dispatched_at"])
}

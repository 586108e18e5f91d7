use sea_orm_migration::schema::{boolean, text, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid};

use crate::new_table::NewTable;

pub(crate) fn table() -> NewTable {
    NewTable::new("service_token")
        .reference(uuid("user_id"), "user_account")
        .line(text("name"))
        .hash(text("token_hash"))
        .line(text("hint"))
        .column(timestamp_with_time_zone("expires_at"))
        .column(timestamp_with_time_zone_null("revoked_at"))
        .column(timestamp_with_time_zone_null("last_used_at"))
        .column(boolean("in_force"))
        .user("issued_by")
        .versioned()
        .unique("token_hash", &["token_hash"])
}

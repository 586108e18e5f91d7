use sea_orm_migration::schema::{integer_null, text, text_null, timestamp_with_time_zone_null, uuid, uuid_null};

use crate::new_table::NewTable;

pub(crate) fn table() -> NewTable {
    NewTable::new("assessment")
        .reference(uuid("follow_up_id"), "follow_up")
        .reference(uuid("occasion_id"), "reporting_occasion")
        .choice(text("status"), &["NOT_STARTED", "IN_PROGRESS", "ASSESSED", "REVIEWED"])
        .reference(uuid_null("rating_level_id"), "rating_level")
        .between(integer_null("progress_percent"), 0, 100)
        .prose(text_null("conclusion"))
        .choice(text_null("stated_trend"), &["IMPROVED", "UNCHANGED", "WORSENED"])
        .user("assessed_by")
        .column(timestamp_with_time_zone_null("assessed_at"))
        .user("reviewed_by")
        .column(timestamp_with_time_zone_null("reviewed_at"))
        .prose(text_null("sent_back_reason"))
        .secrecy_ground()
        .versioned()
        .unique("occasion", &["follow_up_id", "occasion_id"])
}

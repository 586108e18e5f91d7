//! The history of secrecy marks.

use sea_orm_migration::schema::{boolean, text, text_null, timestamp_with_time_zone, uuid_null};

use crate::new_table::NewTable;

const ONE_SUBJECT: &str = "CASE WHEN finding_id IS NULL THEN 0 ELSE 1 END \
    + CASE WHEN control_check_id IS NULL THEN 0 ELSE 1 END \
    + CASE WHEN review_id IS NULL THEN 0 ELSE 1 END \
    + CASE WHEN corrective_action_id IS NULL THEN 0 ELSE 1 END \
    + CASE WHEN assessment_id IS NULL THEN 0 ELSE 1 END \
    + CASE WHEN document_id IS NULL THEN 0 ELSE 1 END = 1";

pub(crate) fn tables() -> Vec<NewTable> {
    vec![
        NewTable::new("secrecy_event")
            .reference(uuid_null("finding_id"), "finding")
            .reference(uuid_null("control_check_id"), "control_check")
            .reference(uuid_null("review_id"), "review")
            .reference(uuid_null("corrective_action_id"), "corrective_action")
            .reference(uuid_null("assessment_id"), "assessment")
            .reference(uuid_null("document_id"), "document")
            .column(boolean("marked"))
            .line(text("ground"))
            .prose(text_null("reason"))
            .user("recorded_by")
            .column(timestamp_with_time_zone("occurred_at"))
            .check("one_subject", ONE_SUBJECT),
    ]
}

//! Files that are attached to things, and the objects in the file store that no attachment refers to.

use sea_orm_migration::schema::{
    boolean, integer, text, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid_null,
};

use crate::new_table::NewTable;

/// At most one thing beside the follow-up, and at least one of all: a file of a follow-up's own names the follow-up alone.
const ONE_SUBJECT: &str = "CASE WHEN control_check_id IS NULL THEN 0 ELSE 1 END \
    + CASE WHEN review_id IS NULL THEN 0 ELSE 1 END \
    + CASE WHEN finding_id IS NULL THEN 0 ELSE 1 END \
    + CASE WHEN corrective_action_id IS NULL THEN 0 ELSE 1 END \
    + CASE WHEN document_id IS NULL THEN 0 ELSE 1 END \
    = CASE WHEN follow_up_id IS NOT NULL AND control_check_id IS NULL AND finding_id IS NULL \
        AND corrective_action_id IS NULL THEN 0 ELSE 1 END";

pub(crate) fn tables() -> Vec<NewTable> {
    vec![
        NewTable::new("attachment")
            .reference(uuid_null("follow_up_id"), "follow_up")
            .reference(uuid_null("control_check_id"), "control_check")
            .reference(uuid_null("review_id"), "review")
            .reference(uuid_null("finding_id"), "finding")
            .reference(uuid_null("corrective_action_id"), "corrective_action")
            .reference(uuid_null("document_id"), "document")
            .text(text("file_name"), 1, 255)
            .line(text("media_type"))
            .at_least(integer("size"), 1)
            .hash(text("sha256"))
            .user("uploaded_by")
            .user("removed_by")
            .column(timestamp_with_time_zone_null("removed_at"))
            .versioned()
            .check("one_subject", ONE_SUBJECT),
        NewTable::new("loose_object")
            .column(timestamp_with_time_zone("since"))
            .column(boolean("doomed")),
    ]
}

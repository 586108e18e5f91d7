use sea_orm_migration::schema::{text, text_null, timestamp_with_time_zone_null, uuid_null};

use crate::new_table::NewTable;

pub(crate) fn table() -> NewTable {
    NewTable::new("access_change")
        .reference(uuid_null("role_assignment_id"), "role_assignment")
        .reference(uuid_null("service_permission_id"), "service_permission")
        .reference(uuid_null("service_token_id"), "service_token")
        .reference(uuid_null("user_identity_id"), "user_identity")
        .reference(uuid_null("policy_version_id"), "policy_version")
        .check(
            "subject",
            "(CASE WHEN role_assignment_id IS NULL THEN 0 ELSE 1 END) \
             + (CASE WHEN service_permission_id IS NULL THEN 0 ELSE 1 END) \
             + (CASE WHEN service_token_id IS NULL THEN 0 ELSE 1 END) \
             + (CASE WHEN user_identity_id IS NULL THEN 0 ELSE 1 END) \
             + (CASE WHEN policy_version_id IS NULL THEN 0 ELSE 1 END) = 1",
        )
        .choice(text("status"), &["PENDING", "APPROVED", "REJECTED", "WITHDRAWN"])
        .user("proposed_by")
        .user("decided_by")
        .column(timestamp_with_time_zone_null("decided_at"))
        .prose(text_null("reason"))
        .versioned()
        .index("status", &["status", "created_at", "id"])
}

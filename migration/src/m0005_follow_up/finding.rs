use sea_orm_migration::schema::{integer, integer_null, text, text_null, uuid, uuid_null};

use crate::new_table::NewTable;

const SEVERITY_RANK: &str = "severity_rank = CASE severity \
    WHEN 'LOW' THEN 1 WHEN 'MEDIUM' THEN 2 WHEN 'HIGH' THEN 3 WHEN 'CRITICAL' THEN 4 \
    ELSE 0 END";

pub(crate) fn table() -> NewTable {
    NewTable::new("finding")
        .reference(uuid("follow_up_id"), "follow_up")
        .reference(uuid_null("control_check_id"), "control_check")
        .reference(uuid_null("review_id"), "review")
        .line(text_null("area"))
        .choice(text_null("severity"), &["LOW", "MEDIUM", "HIGH", "CRITICAL"])
        .column(integer("severity_rank"))
        .choice(text_null("effort"), &["LOW", "MEDIUM", "HIGH"])
        .prose(text_null("severity_basis"))
        .choice(
            text("status"),
            &["OPEN", "ACTION_PLANNED", "RESOLVED", "VERIFIED", "ACCEPTED"],
        )
        .line(text("title"))
        .prose(text_null("description"))
        .at_least(integer_null("affected"), 0)
        .at_least(integer_null("population"), 0)
        .user("accepted_by")
        .prose(text_null("accepted_reason"))
        .prose(text_null("reopened_reason"))
        .user("resolved_by")
        .user("verified_by")
        .user("registered_by")
        .secrecy_ground()
        .versioned()
        .check("severity_rank", SEVERITY_RANK)
        .check("affected_of_population", "affected <= population")
        .index("severity", &["severity_rank DESC", "id"])
        .index("status", &["status"])
}

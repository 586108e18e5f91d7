use sea_orm_migration::schema::{date, date_null, text, text_null, uuid_null};

use crate::new_table::NewTable;

/// A finding's action also names the finding's follow-up, so that a follow-up's actions are found
/// in one place.
const ORIGIN_LINK: &str = "CASE origin \
    WHEN 'PLAN' THEN control_plan_id IS NOT NULL \
        AND risk_id IS NULL AND follow_up_id IS NULL AND finding_id IS NULL \
    WHEN 'RISK' THEN risk_id IS NOT NULL \
        AND control_plan_id IS NULL AND follow_up_id IS NULL AND finding_id IS NULL \
    WHEN 'FOLLOW_UP' THEN follow_up_id IS NOT NULL \
        AND control_plan_id IS NULL AND risk_id IS NULL AND finding_id IS NULL \
    WHEN 'FINDING' THEN finding_id IS NOT NULL AND follow_up_id IS NOT NULL \
        AND control_plan_id IS NULL AND risk_id IS NULL \
    END";

pub(crate) fn table() -> NewTable {
    NewTable::new("corrective_action")
        .choice(text("origin"), &["PLAN", "RISK", "FOLLOW_UP", "FINDING"])
        .reference(uuid_null("control_plan_id"), "control_plan")
        .reference(uuid_null("risk_id"), "risk")
        .reference(uuid_null("follow_up_id"), "follow_up")
        .reference(uuid_null("finding_id"), "finding")
        .reference(uuid_null("department_id"), "department")
        .line(text("title"))
        .prose(text_null("description"))
        .choice(text("status"), &["PLANNED", "ONGOING", "DONE", "VERIFIED", "CANCELLED"])
        .line(text_null("responsible_function"))
        .column(date_null("due_on"))
        .column(date("due_key"))
        .column(date_null("original_due_on"))
        .partial_date("done")
        .user("done_by")
        .user("verified_by")
        .prose(text_null("reopened_reason"))
        .prose(text_null("cancelled_reason"))
        .reference(uuid_null("carried_from_id"), "corrective_action")
        .user("registered_by")
        .secrecy_ground()
        .versioned()
        .check("origin_link", ORIGIN_LINK)
        .check("due_key", "due_key = coalesce(due_on, '9999-12-31')")
        .index("order", &["due_key", "id"])
}

use sea_orm_migration::schema::{text, text_null, timestamp_with_time_zone_null, uuid, uuid_null};

use crate::new_table::NewTable;

pub(crate) fn table() -> NewTable {
    NewTable::new("carry_over")
        .reference(uuid("control_year_id"), "control_year")
        .choice(text("kind"), &["RISK", "CONTROL_POINT", "FINDING", "CORRECTIVE_ACTION"])
        .reference(uuid_null("risk_id"), "risk")
        .reference(uuid_null("control_point_id"), "control_point")
        .reference(uuid_null("finding_id"), "finding")
        .reference(uuid_null("corrective_action_id"), "corrective_action")
        .check(
            "subject",
            "(CASE WHEN risk_id IS NULL THEN 0 ELSE 1 END) \
             + (CASE WHEN control_point_id IS NULL THEN 0 ELSE 1 END) \
             + (CASE WHEN finding_id IS NULL THEN 0 ELSE 1 END) \
             + (CASE WHEN corrective_action_id IS NULL THEN 0 ELSE 1 END) = 1",
        )
        .reference(uuid_null("from_department_id"), "department")
        .reference(uuid_null("department_id"), "department")
        .choice(text("status"), &["PROPOSED", "ACCEPTED", "CHANGED", "DROPPED"])
        .reference(uuid_null("new_risk_id"), "risk")
        .reference(uuid_null("new_control_point_id"), "control_point")
        .reference(uuid_null("new_finding_id"), "finding")
        .reference(uuid_null("new_corrective_action_id"), "corrective_action")
        .prose(text_null("reason"))
        .user("decided_by")
        .column(timestamp_with_time_zone_null("decided_at"))
        .versioned()
        .unique_where("risk", &["control_year_id", "risk_id"], "risk_id IS NOT NULL")
        .unique_where(
            "control_point",
            &["control_year_id", "control_point_id"],
            "control_point_id IS NOT NULL",
        )
        .unique_where("finding", &["control_year_id", "finding_id"], "finding_id IS NOT NULL")
        .unique_where(
            "corrective_action",
            &["control_year_id", "corrective_action_id"],
            "corrective_action_id IS NOT NULL",
        )
        .index("order", &["control_year_id", "id"])
}

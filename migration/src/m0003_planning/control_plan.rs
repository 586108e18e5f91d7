use sea_orm_migration::schema::{date_null, integer, text, uuid, uuid_null};

use crate::new_table::NewTable;

pub(crate) fn table() -> NewTable {
    NewTable::new("control_plan")
        .reference(uuid("control_year_id"), "control_year")
        .choice(text("scope"), &["SHARED", "DEPARTMENT"])
        .reference(uuid("committee_id"), "committee")
        .reference(uuid_null("department_id"), "department")
        .choice(text("status"), &["DRAFT", "PROPOSED", "ADOPTED", "CLOSED"])
        .at_least(integer("plan_version"), 1)
        .column(date_null("valid_from"))
        .column(date_null("adopted_on"))
        .reference(uuid_null("supersedes_id"), "control_plan")
        .user("proposed_by")
        .versioned()
        // Nulls are never equal in a unique index, so a plan for no department needs a value there.
        .unique(
            "plan_version",
            &[
                "control_year_id",
                "scope",
                "committee_id",
                "coalesce(department_id, municipality_id)",
                "plan_version",
            ],
        )
}

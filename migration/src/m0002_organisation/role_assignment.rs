use sea_orm_migration::schema::{boolean, text, uuid, uuid_null};

use crate::new_table::NewTable;

pub(crate) fn table() -> NewTable {
    NewTable::new("role_assignment")
        .reference(uuid("user_id"), "user_account")
        .choice(
            text("role"),
            &[
                "COORDINATOR",
                "DEPARTMENT_CONTROLLER",
                "PERFORMER",
                "DEPARTMENT_HEAD",
                "COMMITTEE_SECRETARY",
                "COMMITTEE_MEMBER",
                "REGISTRAR",
                "AUDITOR",
                "ADMINISTRATOR",
            ],
        )
        .reference(uuid_null("department_id"), "department")
        .reference(uuid_null("committee_id"), "committee")
        .validity()
        .user("granted_by")
        .column(boolean("in_force"))
        .versioned()
        .check("reach", "department_id IS NULL OR committee_id IS NULL")
}

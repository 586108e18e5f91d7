use sea_orm_migration::schema::{boolean, text, uuid, uuid_null};

use crate::new_table::NewTable;

pub(crate) fn table() -> NewTable {
    NewTable::new("service_permission")
        .reference(uuid("user_id"), "user_account")
        .line(text("permission"))
        .reference(uuid_null("department_id"), "department")
        .reference(uuid_null("committee_id"), "committee")
        .validity()
        .column(boolean("in_force"))
        .user("granted_by")
        .versioned()
        .check("reach", "department_id IS NULL OR committee_id IS NULL")
}

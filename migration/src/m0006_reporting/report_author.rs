use sea_orm_migration::schema::uuid;

use crate::new_table::NewTable;

pub(crate) fn table() -> NewTable {
    NewTable::keyed_by("report_author", &["department_report_id", "user_id"])
        .reference(uuid("department_report_id"), "department_report")
        .reference(uuid("user_id"), "user_account")
}

use sea_orm_migration::schema::{integer_null, uuid, uuid_null};

use crate::new_table::NewTable;

pub(crate) fn table() -> NewTable {
    NewTable::new("reminder_request")
        .reference(uuid("occasion_id"), "reporting_occasion")
        .reference(uuid_null("department_id"), "department")
        .user("requested_by")
        .at_least(integer_null("reminders"), 0)
        .created()
}

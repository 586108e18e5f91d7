use sea_orm_migration::schema::{date, date_null, text, uuid};

use crate::new_table::NewTable;

pub(crate) fn table() -> NewTable {
    NewTable::new("action_extension")
        .reference(uuid("corrective_action_id"), "corrective_action")
        .column(date_null("from_date"))
        .column(date("to_date"))
        .prose(text("reason"))
        .line(text("decided_by_function"))
        .user("recorded_by")
        .created()
}

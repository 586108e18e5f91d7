use sea_orm_migration::schema::{date_null, text, text_null, uuid_null};

use crate::new_table::NewTable;

pub(crate) fn table() -> NewTable {
    NewTable::new("document")
        .reference(uuid_null("case_file_id"), "case_file")
        .reference(uuid_null("department_report_id"), "department_report")
        .line(text("kind"))
        .line(text("title"))
        .column(date_null("dated"))
        .line(text_null("registration_number"))
        .user("registered_by")
        .secrecy_ground()
        .versioned()
        .check("owner", "case_file_id IS NOT NULL OR department_report_id IS NOT NULL")
}

use sea_orm_migration::schema::{boolean_null, date_null, text, text_null, uuid_null};

use crate::new_table::NewTable;

pub(crate) fn table() -> NewTable {
    NewTable::new("review")
        .line(text("title"))
        .line(text("reviewer"))
        .partial_date("performed")
        .column(boolean_null("announced"))
        .prose(text_null("conditions"))
        .prose(text_null("scope_text"))
        .column(date_null("dated"))
        .line(text_null("registration_number"))
        .reference(uuid_null("case_file_id"), "case_file")
        .user("registered_by")
        .secrecy_ground()
        .versioned()
}

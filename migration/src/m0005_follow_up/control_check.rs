use sea_orm_migration::schema::{boolean_null, integer_null, text, text_null, uuid};

use crate::new_table::NewTable;

pub(crate) fn table() -> NewTable {
    NewTable::new("control_check")
        .reference(uuid("follow_up_id"), "follow_up")
        .line(text("title"))
        .prose(text_null("method"))
        .line(text_null("performed_by"))
        .partial_date("performed")
        .at_least(integer_null("population"), 0)
        .at_least(integer_null("sample_size"), 0)
        .at_least(integer_null("deviations"), 0)
        .prose(text_null("selection_motive"))
        .prose(text_null("result"))
        .column(boolean_null("satisfactory"))
        .user("registered_by")
        .secrecy_ground()
        .versioned()
}

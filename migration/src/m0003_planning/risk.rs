use sea_orm_migration::schema::{integer_null, text, text_null, uuid, uuid_null};

use crate::new_table::NewTable;

pub(crate) fn table() -> NewTable {
    NewTable::new("risk")
        .reference(uuid("control_year_id"), "control_year")
        .reference(uuid_null("department_id"), "department")
        .prose(text("description"))
        .line(text_null("category"))
        .line(text_null("process"))
        .prose(text_null("goal"))
        .at_least(integer_null("likelihood"), 0)
        .at_least(integer_null("consequence"), 0)
        .at_least(integer_null("value"), 0)
        .choice(text_null("treatment"), &["ACCEPT", "DIRECT_ACTION", "CONTROL"])
        .prose(text_null("motive"))
        .reference(uuid_null("previous_risk_id"), "risk")
        .versioned()
        .index("order", &["control_year_id", "id"])
}

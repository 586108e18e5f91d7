use sea_orm_migration::schema::{json_binary, text, text_null, uuid, uuid_null};

use crate::new_table::NewTable;

pub(crate) fn table() -> NewTable {
    NewTable::new("control_point")
        .reference(uuid("control_year_id"), "control_year")
        .choice(text("scope"), &["SHARED", "DEPARTMENT"])
        .reference(uuid_null("department_id"), "department")
        .line(text("title"))
        .line(text_null("process"))
        .prose(text_null("purpose"))
        .prose(text_null("scope_text"))
        .prose(text_null("method"))
        .column(json_binary("schedule"))
        .column(json_binary("responsible_functions"))
        .reference(uuid_null("previous_point_id"), "control_point")
        .versioned()
        .check("shared", "scope <> 'SHARED' OR department_id IS NULL")
        .index("order", &["control_year_id", "id"])
}

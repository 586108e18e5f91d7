use sea_orm_migration::schema::{text, uuid};

use crate::new_table::NewTable;

pub(crate) fn table() -> NewTable {
    NewTable::new("report_gap")
        .reference(uuid("department_report_id"), "department_report")
        .reference(uuid("control_point_id"), "control_point")
        .prose(text("explanation"))
        .created()
        .unique("point", &["department_report_id", "control_point_id"])
}

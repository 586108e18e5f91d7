use sea_orm_migration::schema::{text, uuid};

use crate::new_table::NewTable;

pub(crate) fn table() -> NewTable {
    NewTable::new("exemption")
        .reference(uuid("control_point_id"), "control_point")
        .reference(uuid("department_id"), "department")
        .prose(text("reason"))
        .user("decided_by")
        .created()
        .unique("department", &["control_point_id", "department_id"])
}

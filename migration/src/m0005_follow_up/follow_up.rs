use sea_orm_migration::schema::uuid;

use crate::new_table::NewTable;

pub(crate) fn table() -> NewTable {
    NewTable::new("follow_up")
        .reference(uuid("control_year_id"), "control_year")
        .reference(uuid("control_point_id"), "control_point")
        .reference(uuid("department_id"), "department")
        .reference(uuid("plan_point_id"), "plan_point")
        .versioned()
        .unique("department", &["control_point_id", "department_id"])
        .index("order", &["control_year_id", "department_id", "id"])
}

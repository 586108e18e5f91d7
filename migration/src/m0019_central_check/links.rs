use sea_orm_migration::schema::uuid;

use crate::new_table::NewTable;

pub(super) fn tables() -> Vec<NewTable> {
    vec![follow_up(), department()]
}

/// The follow-ups that a check shows in.
fn follow_up() -> NewTable {
    NewTable::keyed_by("check_follow_up", &["control_check_id", "follow_up_id"])
        .reference(uuid("control_check_id"), "control_check")
        .reference(uuid("follow_up_id"), "follow_up")
}

/// The departments that a central check was performed for, where it was not for all.
fn department() -> NewTable {
    NewTable::keyed_by("check_department", &["control_check_id", "department_id"])
        .reference(uuid("control_check_id"), "control_check")
        .reference(uuid("department_id"), "department")
}

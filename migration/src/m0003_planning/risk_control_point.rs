use sea_orm_migration::schema::uuid;

use crate::new_table::NewTable;

pub(crate) fn table() -> NewTable {
    NewTable::keyed_by("risk_control_point", &["risk_id", "control_point_id"])
        .reference(uuid("risk_id"), "risk")
        .reference(uuid("control_point_id"), "control_point")
}

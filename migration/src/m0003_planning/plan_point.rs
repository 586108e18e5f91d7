use sea_orm_migration::schema::{integer, text_null, uuid};

use crate::new_table::NewTable;

pub(crate) fn table() -> NewTable {
    NewTable::new("plan_point")
        .reference(uuid("control_plan_id"), "control_plan")
        .reference(uuid("control_point_id"), "control_point")
        .at_least(integer("number"), 1)
        .line(text_null("local_owner"))
        .created()
        .unique("number", &["control_plan_id", "number"])
        .unique("point", &["control_plan_id", "control_point_id"])
}

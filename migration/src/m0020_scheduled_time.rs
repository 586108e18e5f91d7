//! When the checks of a control point are planned.

use sea_orm_migration::schema::{date, text, uuid};

use crate::new_table::NewTable;

pub(crate) fn tables() -> Vec<NewTable> {
    vec![
        NewTable::new("scheduled_time")
            .reference(uuid("control_point_id"), "control_point")
            .column(date("earliest"))
            .column(date("latest"))
            .line(text("text"))
            .created()
            .check("window", "earliest <= latest")
            .unique("earliest", &["control_point_id", "earliest"]),
    ]
}

use sea_orm_migration::schema::{date, uuid};

use crate::new_table::NewTable;

pub(crate) fn table() -> NewTable {
    NewTable::new("department_succession")
        .reference(uuid("department_id"), "department")
        .reference(uuid("successor_id"), "department")
        .column(date("valid_from"))
        .created()
        .check("other", "successor_id <> department_id")
        .unique("pair", &["department_id", "successor_id"])
}

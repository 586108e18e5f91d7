use sea_orm_migration::schema::uuid;

use crate::new_table::NewTable;

pub(crate) fn table() -> NewTable {
    NewTable::new("department_committee")
        .reference(uuid("department_id"), "department")
        .reference(uuid("committee_id"), "committee")
        .validity()
        .versioned()
}

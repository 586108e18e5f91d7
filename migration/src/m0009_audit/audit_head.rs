use sea_orm_migration::schema::big_integer;

use crate::new_table::NewTable;

pub(crate) fn table() -> NewTable {
    NewTable::keyed_by("audit_head", &[]).at_least(big_integer("sequence"), 0)
}

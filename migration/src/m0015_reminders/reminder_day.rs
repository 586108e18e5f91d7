use sea_orm_migration::schema::date;

use crate::new_table::NewTable;

pub(crate) fn table() -> NewTable {
    NewTable::keyed_by("reminder_day", &[]).column(date("planned_on"))
}

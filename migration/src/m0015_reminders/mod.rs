//! Reminders, and the language that somebody reads them in.

mod reminder;
mod reminder_day;
mod reminder_request;

use sea_orm_migration::prelude::*;

use crate::{
    new_table::NewTable,
    wall::{self, Grants},
};

/// As SQL, since the builder has no check for a column that is added: the same text does on both databases.
const LANGUAGE: &str = "ALTER TABLE user_account ADD COLUMN language text CHECK (language IN ('SV', 'EN'))";

fn tables() -> Vec<(&'static str, NewTable)> {
    vec![
        ("reminder_day", reminder_day::table()),
        ("reminder_request", reminder_request::table()),
        ("reminder", reminder::table()),
    ]
}

#[derive(Debug)]
pub(crate) struct Reminders;

impl MigrationName for Reminders {
    fn name(&self) -> &'static str {
        "m0015_reminders"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Reminders {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, table) in tables() {
            table.create(manager).await?;
            wall::raise(manager, name, Grants::Full).await?;
        }
        manager.get_connection().execute_unprepared(LANGUAGE).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let drop = "ALTER TABLE user_account DROP COLUMN language";
        manager.get_connection().execute_unprepared(drop).await?;
        for (name, table) in tables().into_iter().rev() {
            wall::lower(manager, name).await?;
            table.drop(manager).await?;
        }
        Ok(())
    }
}

//! The step that creates a room's tables.

use sea_orm_migration::prelude::*;

use crate::{
    new_table::NewTable,
    wall::{self, Grants},
};

/// Creates tables, each after those it refers to, and drops them the other way round.
pub(crate) struct Step {
    name: &'static str,
    tables: fn() -> Vec<NewTable>,
    walled: bool,
}

impl Step {
    pub(crate) fn new(name: &'static str, tables: fn() -> Vec<NewTable>) -> Self {
        Self {
            name,
            tables,
            walled: false,
        }
    }

    /// A step that raises the wall round its tables as well, whose rows the server reads and writes.
    pub(crate) fn walled(name: &'static str, tables: fn() -> Vec<NewTable>) -> Self {
        Self {
            walled: true,
            ..Self::new(name, tables)
        }
    }
}

impl MigrationName for Step {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    /// Left to itself, SeaORM would leave half a step behind when one fails on SQLite.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in (self.tables)() {
            let name = table.name();
            table.create(manager).await?;
            if self.walled {
                wall::raise(manager, name, Grants::Full).await?;
            }
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in (self.tables)().into_iter().rev() {
            table.drop(manager).await?;
        }
        Ok(())
    }
}

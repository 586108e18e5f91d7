//! Checks that show in several follow-ups.
//!
//! A check named the one follow-up that it was a part of. From here on a link does, and a check that was performed
//! centrally has one for each follow-up that it shows in.

mod control_check;
mod links;

use sea_orm_migration::{
    prelude::*,
    sea_orm::{ConnectionTrait, DbBackend},
};

use crate::wall::{self, Grants};

const LINK_EACH: &str = "INSERT INTO check_follow_up (municipality_id, control_check_id, follow_up_id) \
    SELECT municipality_id, id, follow_up_id FROM control_check";

/// A file of a check names the check alone, as a review's does the review.
const FILES_OF_CHECKS: &str = "UPDATE attachment SET follow_up_id = NULL WHERE control_check_id IS NOT NULL";

const FILES_OF_FOLLOW_UPS: &str = "UPDATE attachment SET follow_up_id = (SELECT control_check.follow_up_id \
    FROM control_check WHERE control_check.municipality_id = attachment.municipality_id \
    AND control_check.id = attachment.control_check_id) WHERE control_check_id IS NOT NULL";

#[derive(Debug)]
pub(crate) struct CentralCheck;

impl MigrationName for CentralCheck {
    fn name(&self) -> &'static str {
        "m0019_central_check"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for CentralCheck {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        for table in links::tables() {
            let name = table.name();
            table.create(manager).await?;
            wall::raise(manager, name, Grants::Full).await?;
        }
        connection.execute_unprepared(LINK_EACH).await?;
        connection.execute_unprepared(FILES_OF_CHECKS).await?;
        match connection.get_database_backend() {
            DbBackend::Postgres => control_check::alter(manager).await,
            _ => control_check::rebuild(manager, &control_check::LINKED).await,
        }
    }

    /// A check that shows in several follow-ups goes back to the first of them; one that shows in none has no way back,
    /// and the step is refused.
    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        match connection.get_database_backend() {
            DbBackend::Postgres => control_check::alter_back(manager).await?,
            _ => control_check::rebuild(manager, &control_check::OWNED).await?,
        }
        connection.execute_unprepared(FILES_OF_FOLLOW_UPS).await?;
        for table in links::tables().into_iter().rev() {
            wall::lower(manager, table.name()).await?;
            table.drop(manager).await?;
        }
        Ok(())
    }
}

//! When a check began to show in a follow-up: one that was performed centrally may do so long after it was registered.

use sea_orm_migration::{prelude::*, schema::uuid, sea_orm::ConnectionTrait};

use crate::{
    new_table::NewTable,
    wall::{self, Grants},
};

const NAME: &str = "check_follow_up";

const KEY: &str = "municipality_id, control_check_id, follow_up_id";

/// What is known of the links that there are: they are no older than their checks.
const KEEP: &str = "CREATE TEMPORARY TABLE check_follow_up_kept AS \
    SELECT check_follow_up.municipality_id, check_follow_up.control_check_id, check_follow_up.follow_up_id, \
    control_check.created_at FROM check_follow_up JOIN control_check \
    ON control_check.municipality_id = check_follow_up.municipality_id \
    AND control_check.id = check_follow_up.control_check_id";

#[derive(Debug)]
pub(crate) struct CheckLinkTime;

impl MigrationName for CheckLinkTime {
    fn name(&self) -> &'static str {
        "m0021_check_link_time"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for CheckLinkTime {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        remake(manager, links().created(), &format!("{KEY}, created_at")).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        remake(manager, links(), KEY).await
    }
}

fn links() -> NewTable {
    NewTable::keyed_by(NAME, &["control_check_id", "follow_up_id"])
        .reference(uuid("control_check_id"), "control_check")
        .reference(uuid("follow_up_id"), "follow_up")
}

/// Makes the table anew, since SQLite adds no column without a default, and fills it with the links that there were.
async fn remake(manager: &SchemaManager<'_>, table: NewTable, columns: &str) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    connection.execute_unprepared(KEEP).await?;
    connection.execute_unprepared("DROP TABLE check_follow_up").await?;
    table.create(manager).await?;
    wall::raise(manager, NAME, Grants::Full).await?;
    let fill = format!("INSERT INTO check_follow_up ({columns}) SELECT {columns} FROM check_follow_up_kept");
    connection.execute_unprepared(&fill).await?;
    connection.execute_unprepared("DROP TABLE check_follow_up_kept").await?;
    Ok(())
}

use super::{CliError, Settings, output::say};
use crate::database::{Database, masked};

/// Brings the database to this version's schema.
pub(super) async fn run(settings: &Settings) -> Result<(), CliError> {
    let url = settings.database_url();
    let database = Database::open(&url).await?;
    database.migrate().await?;
    database.close().await;
    say(&format!("The database {} is up to date.", masked(&url)));
    Ok(())
}

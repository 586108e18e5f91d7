use super::{CliError, Settings, output::say};
use crate::{
    database::Database,
    organisation::{NewMunicipality, create_municipality},
};
use clap::Subcommand;

/// What can be done with municipalities.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Create a municipality with its first administrator, who creates everything else through the API.
    Create {
        /// The municipality's four-digit code, such as 0586.
        code: String,
        /// Its name, such as "Mjölby kommun".
        name: String,
        /// Its organisation number.
        #[arg(long)]
        organisation_number: Option<String>,
        /// The name that the first administrator signs in with.
        #[arg(long, default_value = "administrator")]
        administrator: String,
    },
}

impl Command {
    pub(super) async fn run(self, settings: &Settings) -> Result<(), CliError> {
        let Self::Create {
            code,
            name,
            organisation_number,
            administrator,
        } = self;
        let database = Database::open(&settings.database_url()).await?;
        database.migrate().await?;
        let gate = settings.gate(database.clone()).await?;
        let new = NewMunicipality {
            code,
            name,
            organisation_number,
            administrator: administrator.clone(),
        };
        let created = create_municipality(&gate, new).await?;
        database.close().await;
        say(&format!(
            "Created {} ({}) with the user {administrator}. Get a token: samsyn token {administrator} --municipality {}",
            created.name, created.code, created.code
        ));
        Ok(())
    }
}

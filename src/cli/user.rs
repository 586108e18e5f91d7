use super::{CliError, Settings, output::say};
use crate::{
    administration::{NewLink, link_user},
    database::Database,
};
use clap::Subcommand;

/// What the operator can do with users; everything else is for administrators, through the API.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Link somebody of an OpenID Connect provider to a user, who they then sign in as: the first two administrators, who
    /// link all others through the API.
    Link {
        /// The name of the user.
        user: String,
        /// The code of the user's municipality.
        #[arg(long, value_name = "CODE")]
        municipality: String,
        /// The provider: an issuer that is configured.
        #[arg(long, value_name = "URL")]
        issuer: String,
        /// Who it is there: the value of the provider's `subject_claim`.
        #[arg(long, value_name = "SUBJECT")]
        subject: String,
    },
}

impl Command {
    pub(super) async fn run(self, settings: &Settings) -> Result<(), CliError> {
        let Self::Link {
            user,
            municipality,
            issuer,
            subject,
        } = self;
        let configured = settings.issuers.iter().find(|known| known.issuer == issuer);
        if !configured.is_some_and(|known| known.municipalities.contains(&municipality)) {
            return Err(CliError::NotFound(format!(
                "no issuer {issuer} is configured for municipality {municipality}: see [[issuers]] in the settings"
            )));
        }
        let database = Database::open_existing(&settings.database_url()).await?;
        database.check_schema().await?;
        let gate = settings.gate(database).await?;
        let new = NewLink {
            municipality,
            username: user.clone(),
            issuer,
            subject,
        };
        link_user(&gate, new).await?;
        gate.database().close().await;
        say(&format!("Linked. Who comes from there with that subject is {user}."));
        Ok(())
    }
}

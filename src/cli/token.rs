use super::{CliError, Settings, output::say};
use crate::{
    access::LocalTokens,
    database::Database,
    organisation::{find_user, municipality_codes},
};
use clap::Args;

/// Prints a token of a user.
#[derive(Debug, Args)]
pub(super) struct Command {
    /// The name that the user signs in with.
    user: String,
    /// The code of the user's municipality; needed where there are several.
    #[arg(long, value_name = "CODE")]
    municipality: Option<String>,
}

impl Command {
    pub(super) async fn run(self, settings: &Settings) -> Result<(), CliError> {
        if !settings.takes_local_tokens() {
            return Err(CliError::Settings(
                "tokens of this installation's own are not taken where providers are configured: sign in by a provider, \
                 or say --local-tokens true, also to the server"
                    .to_owned(),
            ));
        }
        let database = Database::open_existing(&settings.database_url()).await?;
        database.check_schema().await?;
        let code = self.municipality_code(&database).await?;
        let user = find_user(&database, &code, &self.user).await?;
        let user = user.ok_or_else(|| {
            CliError::NotFound(format!("there is no active user {} in municipality {code}", self.user))
        })?;
        let token = LocalTokens::of(&settings.data_dir)?.issue(user.municipality_id, user.id)?;
        database.close().await;
        say(&token);
        Ok(())
    }

    async fn municipality_code(&self, database: &Database) -> Result<String, CliError> {
        if let Some(code) = &self.municipality {
            return Ok(code.clone());
        }
        let mut codes = municipality_codes(database).await?;
        match (codes.pop(), codes.is_empty()) {
            (Some(only), true) => Ok(only),
            (Some(last), false) => Err(CliError::NotFound(format!(
                "there are several municipalities: say which with --municipality, one of {}, {last}",
                codes.join(", ")
            ))),
            (None, _) => Err(CliError::NotFound(
                "there is no municipality yet: create one with `samsyn municipality create`".to_owned(),
            )),
        }
    }
}

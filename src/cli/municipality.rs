use super::{CliError, Settings, output::say};
use crate::{
    database::Database,
    organisation::{HostChange, NewMunicipality, change_host, create_municipality},
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
    /// List the municipalities, each with the host names at which its public reads it.
    List,
    /// Add and remove the host names at which a municipality's public reads it, and only its tokens are taken.
    #[command(subcommand)]
    Host(HostCommand),
}

/// What can be done with host names.
#[derive(Debug, Subcommand)]
pub(super) enum HostCommand {
    /// Add a host name.
    Add {
        /// The municipality's code.
        code: String,
        /// The host name, such as internkontroll.example.org.
        host: String,
    },
    /// Remove a host name.
    Remove {
        /// The municipality's code.
        code: String,
        /// The host name.
        host: String,
    },
}

impl Command {
    pub(super) async fn run(self, settings: &Settings) -> Result<(), CliError> {
        let (code, name, organisation_number, administrator) = match self {
            Self::Create {
                code,
                name,
                organisation_number,
                administrator,
            } => (code, name, organisation_number, administrator),
            Self::List => return list(settings).await,
            Self::Host(HostCommand::Add { code, host }) => {
                return host_names(settings, &code, &host, HostChange::Add).await;
            }
            Self::Host(HostCommand::Remove { code, host }) => {
                return host_names(settings, &code, &host, HostChange::Remove).await;
            }
        };
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
        let (name, code) = (created.name, created.code);
        let next = match settings.takes_local_tokens() {
            true => format!("Get a token: samsyn token {administrator} --municipality {code}"),
            false => format!(
                "Link them to a provider: samsyn user link {administrator} --municipality {code} --issuer URL --subject SUBJECT"
            ),
        };
        say(&format!(
            "Created {name} ({code}) with the user {administrator}. {next}"
        ));
        Ok(())
    }
}

async fn list(settings: &Settings) -> Result<(), CliError> {
    let database = Database::open_existing(&settings.database_url()).await?;
    database.check_schema().await?;
    for municipality in database.municipalities().await? {
        let hosts = municipality.host_names.0.join(" ");
        say(format!("{} {}  {hosts}", municipality.code, municipality.name).trim_end());
    }
    database.close().await;
    Ok(())
}

async fn host_names(settings: &Settings, code: &str, host: &str, change: HostChange) -> Result<(), CliError> {
    let database = Database::open_existing(&settings.database_url()).await?;
    database.check_schema().await?;
    let gate = settings.gate(database).await?;
    change_host(&gate, code, host, change).await?;
    gate.database().close().await;
    say(match change {
        HostChange::Add => "Added. It counts within seconds, in every server process.",
        HostChange::Remove => "Removed. It counts within seconds, in every server process.",
    });
    Ok(())
}

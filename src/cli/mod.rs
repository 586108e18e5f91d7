//! The commands of the program, one file each.

mod attachments;
mod audit;
mod demo;
mod error;
mod migrate;
mod municipality;
mod output;
mod policy;
mod schema;
mod serve;
mod settings;
mod token;
mod user;

pub use error::CliError;
pub use settings::Settings;

use clap::{Parser, Subcommand};
use output::complain;
use std::{error::Error, process::ExitCode};

/// Internal control for Swedish municipalities: a GraphQL API.
#[derive(Debug, Parser)]
#[command(version, about, disable_help_subcommand = true)]
pub struct Cli {
    #[command(flatten)]
    settings: settings::Given,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Load the demonstration once, Mjölby kommun's control year 2017, and serve it.
    Demo,
    /// Serve the API.
    Serve,
    /// Bring the database to this version of the program.
    Migrate,
    /// Print the GraphQL schema (SDL), or compare it with a released one.
    Schema(schema::Command),
    /// Create municipalities, the tenants of the API.
    #[command(subcommand)]
    Municipality(municipality::Command),
    /// Link users to OpenID Connect providers.
    #[command(subcommand)]
    User(user::Command),
    /// Show and check policies, and say why somebody may or may not do something.
    #[command(subcommand)]
    Policy(policy::Command),
    /// Verify the files that are attached, and remove what is no longer needed.
    #[command(subcommand)]
    Attachments(attachments::Command),
    /// Verify, keep, export and lawfully erase audit logs.
    #[command(subcommand)]
    Audit(audit::Command),
    /// Print a token for a user, alone on the last line.
    Token(token::Command),
}

impl Cli {
    /// Runs the command.
    ///
    /// # Errors
    /// What the operator has to know.
    pub async fn run(self) -> Result<(), CliError> {
        let settings = self.settings.settle()?;
        output::start_log(&settings)?;
        match self.command {
            Command::Demo => demo::run(settings).await,
            Command::Serve => serve::run(&settings).await,
            Command::Migrate => migrate::run(&settings).await,
            Command::Schema(command) => command.run(),
            Command::Municipality(command) => command.run(&settings).await,
            Command::User(command) => command.run(&settings).await,
            Command::Policy(command) => command.run(&settings).await,
            Command::Attachments(command) => command.run(&settings).await,
            Command::Audit(command) => command.run(&settings).await,
            Command::Token(command) => command.run(&settings).await,
        }
    }
}

/// Says on standard error why a command failed, and answers the exit code for it.
pub fn fail(error: &dyn Error) -> ExitCode {
    complain(&format!("samsyn: {error}"));
    let mut cause = error.source();
    while let Some(reason) = cause {
        complain(&format!("  because {reason}"));
        cause = reason.source();
    }
    ExitCode::FAILURE
}

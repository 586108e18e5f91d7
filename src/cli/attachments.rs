use super::{CliError, Settings, output::say};
use crate::{
    access::Gate,
    attachments::{Objects, sweep, verify},
    database::Database,
    organisation::municipalities,
};
use clap::Subcommand;

/// What can be done with the files that are attached.
#[derive(Clone, Copy, Debug, Subcommand)]
pub(super) enum Command {
    /// Read every file, and name those that are missing or not as they were uploaded: exit status 1 when there is one.
    Verify,
    /// Remove from the file store what no attachment refers to, as the server does by itself every minute.
    Sweep,
}

impl Command {
    pub(super) async fn run(self, settings: &Settings) -> Result<(), CliError> {
        let database = Database::open_existing(&settings.database_url()).await?;
        database.check_schema().await?;
        let gate = settings.gate(database.clone()).await?;
        let objects = settings.objects()?;
        let done = match self {
            Self::Verify => verify_all(&gate, &objects).await,
            Self::Sweep => {
                let removed = sweep(&gate, &objects).await?;
                say(&format!("{removed} files were removed."));
                Ok(())
            }
        };
        database.close().await;
        done
    }
}

async fn verify_all(gate: &Gate, objects: &Objects) -> Result<(), CliError> {
    let mut wrong = 0;
    for municipality in municipalities(gate.database()).await? {
        let found = verify(gate, objects, &municipality).await?;
        let code = &municipality.code;
        for line in &found.wrong {
            say(&format!("{code}: WRONG {line}"));
        }
        say(&format!("{code}: {} files as they were uploaded", found.right));
        wrong += found.wrong.len();
    }
    match wrong {
        0 => Ok(()),
        wrong => Err(CliError::FilesWrong { wrong }),
    }
}

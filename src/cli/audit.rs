use super::{CliError, Settings, output::say};
use crate::{
    audit::{self, AuditPublicKey, KeptHead, KeptHeads},
    database::Database,
    organisation::municipalities,
};
use clap::Subcommand;
use entity::municipality;
use std::{
    collections::BTreeSet,
    fs::OpenOptions,
    io::{self, BufWriter, Write},
    path::PathBuf,
    time::Instant,
};

/// What can be done with audit logs.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Verify the logs, and name the first broken link of each: exit status 1 when there is one.
    Verify {
        /// Only the log of the municipality with this code [default: all].
        #[arg(long, value_name = "CODE")]
        municipality: Option<String>,
        /// A file with heads that were kept elsewhere, as `samsyn audit heads` prints them: each has to be in the log.
        #[arg(long, value_name = "FILE", value_parser = KeptHeads::in_file)]
        anchor: Option<KeptHeads>,
        /// The public key that the heads are signed with, in base64; several for several keys [default: that of the
        /// audit key's file].
        #[arg(long, value_name = "KEY", value_parser = AuditPublicKey::parse)]
        public_key: Vec<AuditPublicKey>,
    },
    /// Print the signed head of each log as a JSON line, to be kept outside the database.
    Heads {
        /// Write to the end of this file instead.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Print events as JSON lines, with all that is needed to verify them elsewhere.
    Export {
        /// Only those of the municipality with this code [default: all].
        #[arg(long, value_name = "CODE")]
        municipality: Option<String>,
        /// Only those from this number on.
        #[arg(long, value_name = "NUMBER", default_value_t = 1)]
        from: i64,
        /// Only those up to this number [default: the last].
        #[arg(long, value_name = "NUMBER", default_value_t = i64::MAX, hide_default_value = true)]
        to: i64,
    },
    /// Erase the payloads of events lawfully: the log records it, and stays unbroken.
    Erase {
        /// The code of the municipality.
        #[arg(long, value_name = "CODE")]
        municipality: String,
        /// The numbers of the events.
        #[arg(long, value_name = "NUMBER", required = true, num_args = 1..)]
        sequence: Vec<i64>,
        /// Why, such as the decision that it is done by. It stays in the log: no personal data in it.
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
}

impl Command {
    pub(super) async fn run(self, settings: &Settings) -> Result<(), CliError> {
        let database = Database::open_existing(&settings.database_url()).await?;
        database.check_schema().await?;
        let done = match self {
            Self::Verify {
                municipality,
                anchor,
                public_key,
            } => {
                verify(
                    settings,
                    &database,
                    municipality,
                    anchor.unwrap_or_default().0,
                    public_key,
                )
                .await
            }
            Self::Heads { out } => heads(settings, &database, out).await,
            Self::Export { municipality, from, to } => export(&database, municipality, from, to).await,
            Self::Erase {
                municipality,
                sequence,
                reason,
            } => erase(settings, &database, municipality, sequence, &reason).await,
        };
        database.close().await;
        done
    }
}

async fn verify(
    settings: &Settings,
    database: &Database,
    only: Option<String>,
    kept: Vec<KeptHead>,
    given: Vec<AuditPublicKey>,
) -> Result<(), CliError> {
    let keys = if given.is_empty() {
        vec![settings.existing_audit_key()?.public()]
    } else {
        given
    };
    let whole = only.is_none();
    let logs = chosen(database, only).await?;
    let mut broken = 0;
    for municipality in &logs {
        let begun = Instant::now();
        let code = &municipality.code;
        match audit::verify(database, municipality.id, &keys, &kept).await? {
            Ok(found) => say(&format!(
                "{code}: unbroken: {} events, {} erased, {} kept heads; head {} {}, signed by {}; {:.2} s",
                found.head.sequence,
                found.erased,
                found.kept,
                found.head.sequence,
                found.head.hash,
                found.key_id.as_deref().unwrap_or("nobody"),
                begun.elapsed().as_secs_f64(),
            )),
            Err(link) => {
                broken += 1;
                say(&format!(
                    "{code}: BROKEN at {link}; {:.2} s",
                    begun.elapsed().as_secs_f64()
                ));
            }
        }
    }
    let mut verified = logs.len();
    if whole {
        for head in strangers(&kept, &logs) {
            broken += 1;
            verified += 1;
            say(&format!(
                "{}: BROKEN at event 1: a kept head says {}, and there is no such municipality any more",
                head.code, head.head.sequence
            ));
        }
    }
    match broken {
        0 => Ok(()),
        broken => Err(CliError::AuditBroken { broken, verified }),
    }
}

/// One head for each municipality that has kept heads and is no longer there.
fn strangers<'a>(kept: &'a [KeptHead], there: &[municipality::Model]) -> Vec<&'a KeptHead> {
    let mut seen: BTreeSet<_> = there.iter().map(|municipality| municipality.id).collect();
    kept.iter()
        .rev()
        .filter(|kept| seen.insert(kept.head.municipality_id))
        .collect()
}

async fn heads(settings: &Settings, database: &Database, out: Option<PathBuf>) -> Result<(), CliError> {
    // A machine without the key prints heads all the same, only not the key's public half.
    let key = settings.existing_audit_key().ok().map(|key| key.public());
    let mut lines = String::new();
    for municipality in municipalities(database).await? {
        if let Some(line) = audit::kept_line(database, &municipality, key.as_ref()).await? {
            lines.push_str(&line);
            lines.push('\n');
        }
    }
    let written = match &out {
        None => io::stdout().write_all(lines.as_bytes()),
        Some(file) => OpenOptions::new()
            .create(true)
            .append(true)
            .open(file)
            .and_then(|mut file| file.write_all(lines.as_bytes()).and_then(|()| file.sync_all())),
    };
    written.map_err(|error| CliError::Output {
        file: out.map_or_else(|| "standard output".to_owned(), |file| file.display().to_string()),
        reason: error.to_string(),
    })
}

async fn export(database: &Database, only: Option<String>, from: i64, to: i64) -> Result<(), CliError> {
    let mut out = BufWriter::new(io::stdout());
    for municipality in chosen(database, only).await? {
        audit::export(database, &municipality, from..=to, &mut out).await?;
    }
    out.flush().map_err(|error| CliError::Output {
        file: "standard output".to_owned(),
        reason: error.to_string(),
    })
}

async fn erase(
    settings: &Settings,
    database: &Database,
    code: String,
    numbers: Vec<i64>,
    reason: &str,
) -> Result<(), CliError> {
    let key = settings.existing_audit_key()?;
    let numbers: BTreeSet<i64> = numbers.into_iter().collect();
    for municipality in chosen(database, Some(code)).await? {
        audit::erase(database, &key, &settings.clock()?, municipality.id, &numbers, reason).await?;
        say(&format!("Erased {} payloads of {}.", numbers.len(), municipality.code));
    }
    Ok(())
}

async fn chosen(database: &Database, only: Option<String>) -> Result<Vec<municipality::Model>, CliError> {
    let mut found = municipalities(database).await?;
    if let Some(code) = only {
        found.retain(|municipality| municipality.code == code);
        if found.is_empty() {
            return Err(CliError::NotFound(format!("there is no municipality {code}")));
        }
    }
    Ok(found)
}

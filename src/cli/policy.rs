use super::{CliError, Settings, output::say};
use crate::{
    access::{Explanation, Gate, Held, Invariant, Place, Policy, Reader, Right, Verdict},
    database::Database,
    organisation::{find_municipality, place_by_code, user_id_by_name},
};
use clap::{Args, Subcommand};
use entity::{Language, Role};
use sea_orm::{ActiveEnum, Iterable};
use std::{fs, path::PathBuf};

/// What can be asked about policies.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Print the policy that counts in a municipality, or the one that the program ships with.
    Show {
        /// The municipality's code; left out: the shipped policy.
        #[arg(long, value_name = "CODE")]
        municipality: Option<String>,
    },
    /// Check a policy in a file against what no policy can loosen.
    Check {
        /// The file: a rule a line, `p, ROLE, object, action`.
        file: PathBuf,
    },
    /// Say why somebody may or may not do something.
    Explain(Question),
}

/// Who would do what, and where.
#[derive(Debug, Args)]
pub(super) struct Question {
    /// The name that the user signs in with.
    user: String,
    /// The right, as object:action: `follow_up:read`.
    right: String,
    /// The code of the user's municipality.
    #[arg(long, value_name = "CODE")]
    municipality: String,
    /// The code of the department that they would do it in.
    #[arg(long, value_name = "CODE", conflicts_with = "committee")]
    department: Option<String>,
    /// The code of the committee that they would do it for.
    #[arg(long, value_name = "CODE")]
    committee: Option<String>,
}

impl Command {
    pub(super) async fn run(self, settings: &Settings) -> Result<(), CliError> {
        match self {
            Self::Show { municipality: None } => show("the shipped policy", &Policy::shipped().await?),
            Self::Show {
                municipality: Some(code),
            } => {
                let gate = gate(settings).await?;
                let reader = operator(&gate, &code).await?;
                let (number, policy) = gate.policy(&reader).await?;
                let name = match number {
                    0 => format!("the shipped policy, which counts in municipality {code}"),
                    number => format!("policy {number} of municipality {code}"),
                };
                show(&name, &policy);
                gate.database().close().await;
            }
            Self::Check { file } => check(&file).await?,
            Self::Explain(question) => question.explain(settings).await?,
        }
        Ok(())
    }
}

async fn gate(settings: &Settings) -> Result<Gate, CliError> {
    let database = Database::open_existing(&settings.database_url()).await?;
    database.check_schema().await?;
    settings.gate(database).await
}

async fn operator(gate: &Gate, code: &str) -> Result<Reader, CliError> {
    let municipality = find_municipality(gate.database(), code).await?;
    let municipality = municipality.ok_or_else(|| not_found(format!("there is no municipality {code}")))?;
    Ok(gate.operator(municipality.id).await?)
}

fn not_found(what: String) -> CliError {
    CliError::NotFound(what)
}

fn show(name: &str, policy: &Policy) {
    say(&format!("# {name}"));
    for role in Role::iter() {
        say("");
        for rule in policy.rules().filter(|rule| rule.role == role) {
            say(&rule.to_string());
        }
    }
}

async fn check(file: &PathBuf) -> Result<(), CliError> {
    let text = fs::read_to_string(file)
        .map_err(|error| not_found(format!("the policy {} cannot be read: {error}", file.display())))?;
    let policy = Policy::compile(&text).await?;
    let broken: Vec<String> = Invariant::ALL
        .into_iter()
        .map(|invariant| (invariant, invariant.broken_by(&policy)))
        .filter(|(_, rules)| !rules.is_empty())
        .map(|(invariant, rules)| {
            let rules: Vec<_> = rules.iter().map(|rule| rule.in_language(Language::En)).collect();
            format!("{}: {}", invariant.name(), rules.join("; "))
        })
        .collect();
    if !broken.is_empty() {
        return Err(CliError::Invariants(broken.join("\n")));
    }
    say(&format!("{} rules, and every invariant holds.", policy.rules().count()));
    Ok(())
}

impl Question {
    async fn explain(self, settings: &Settings) -> Result<(), CliError> {
        let right: Right = self
            .right
            .parse()
            .map_err(|error| not_found(format!("{error}; `samsyn policy show` lists those that are given")))?;
        let gate = gate(settings).await?;
        let reader = operator(&gate, &self.municipality).await?;
        let user = user_id_by_name(&reader, &self.user).await?;
        let user = user.ok_or_else(|| {
            not_found(format!(
                "there is no user {} in municipality {}",
                self.user, self.municipality
            ))
        })?;
        let place = place_by_code(&reader, self.department.as_deref(), self.committee.as_deref()).await?;
        let place = place.ok_or_else(|| not_found("there is no such department or committee".to_owned()))?;
        let (number, policy) = gate.policy(&reader).await?;
        let found = Explanation::of(&reader, &policy, user, right, place).await?;
        let found = found.ok_or_else(|| not_found(format!("there is no user {}", self.user)))?;
        let verb = if found.allowed { "may" } else { "may not" };
        let at = match (place, &self.department, &self.committee) {
            (Place::Municipality, ..) => "in the whole municipality".to_owned(),
            (_, Some(code), _) => format!("in department {code}"),
            (_, _, code) => format!("for committee {}", code.as_deref().unwrap_or_default()),
        };
        say(&format!("{} {verb} use {right} {at}, by policy {number}.", self.user));
        if !found.active {
            say("  The user is disabled and cannot sign in.");
        }
        if found.grounds.is_empty() {
            say("  They have never had a role or a permission.");
        }
        for ground in &found.grounds {
            let (what, from, to) = match &ground.held {
                Held::Role(row) => (row.role.to_value(), row.valid_from, row.valid_to),
                Held::Permission(row) => (row.permission.clone(), row.valid_from, row.valid_to),
            };
            let to = to.map_or_else(|| "open".to_owned(), |day| day.to_string());
            say(&format!("  {what}, {from} to {to}: {}", verdict(ground.verdict)));
            if let Some(rule) = &ground.rule {
                say(&format!("    rule: {rule}"));
            }
            if let Some(invariant) = ground.invariant {
                say(&format!("    no policy can give it: {}", invariant.name()));
            }
        }
        gate.database().close().await;
        Ok(())
    }
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Allows => "allows it",
        Verdict::NoRule => "does not have that right",
        Verdict::NotBegun => "has not begun",
        Verdict::Expired => "has expired",
        Verdict::NotInForce => "is not in force: no second administrator has approved it",
        Verdict::Elsewhere => "holds somewhere else",
    }
}

//! What a change of the schema means for the clients that there are.
//!
//! A portal that was built on the schema as it was released goes on working with every later one: nothing that it may use
//! goes away, becomes narrower, or asks for more, unless it was deprecated first, with a day until which it works.

mod changelog;
mod definitions;
mod judgement;

pub use self::changelog::write_changelog;

use std::fmt;

use chrono::NaiveDate;
use graphql_schema_diff::diff_asts;

use self::{definitions::Definitions, judgement::Judge};

/// How a change meets clients.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// A client that worked fails. It is refused.
    Breaking,
    /// A client that worked may meet something that it does not expect.
    Dangerous,
    /// No client notices.
    Safe,
}

impl Severity {
    /// Its name, for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Dangerous => "dangerous",
            Self::Safe => "safe",
        }
    }
}

/// One change of the schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// How it meets clients.
    pub severity: Severity,
    /// What has changed: `Type`, `Type.field` or `Type.field.argument`.
    pub path: String,
    /// How it has changed, after the path: `was removed`.
    pub what: String,
    /// What to do instead, where it is refused.
    pub instead: Option<String>,
    /// Whether the words alone have changed.
    pub words_only: bool,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:<9} {} {}.", self.severity.name(), self.path, self.what)?;
        match &self.instead {
            Some(instead) => write!(f, " {instead}"),
            None => Ok(()),
        }
    }
}

/// A text that is no schema.
#[derive(Debug, thiserror::Error)]
#[error("{which} is no GraphQL schema: {reason}")]
pub struct NoSchema {
    which: &'static str,
    reason: String,
}

/// Every change of what clients use, from a released schema to another, the gravest first: types with all that is in them,
/// and which directives there are. What was deprecated may go from the day on that its
/// reason names.
///
/// # Errors
/// When one of the texts is no schema.
pub fn compare(released: &str, other: &str, today: NaiveDate) -> Result<Vec<Change>, NoSchema> {
    let parse = |text: &str, which| {
        cynic_parser::parse_type_system_document(text).map_err(|error| NoSchema {
            which,
            reason: error.to_string(),
        })
    };
    let before = parse(released, "the released schema")?;
    let after = parse(other, "the new schema")?;
    let judge = Judge {
        before: Definitions::of(&before, released),
        after: Definitions::of(&after, other),
        today,
    };
    let mut changes: Vec<Change> = diff_asts(Some(&before), Some(&after))
        .iter()
        .map(|change| judge.judge(change.kind, &change.path))
        .chain(judge.defaults_of_input_fields())
        .collect();
    changes.sort_by(|a, b| (a.severity, &a.path).cmp(&(b.severity, &b.path)));
    changes.dedup();
    Ok(changes)
}

#[cfg(test)]
mod tests;

use crate::{
    access::{Denied, Invariant},
    language::{Message, Term},
};

/// One thing that is wrong with a use case's input, or stands in its way: data for the client, not a fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What kind of problem it is, and what a client needs to act on it.
    pub kind: ProblemKind,
    /// What is wrong and what would be right, for people.
    pub message: Message,
    /// Where in the input it is; empty when it is about the whole.
    pub path: Vec<String>,
}

/// The kinds of problem. Closed: a client may switch over it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// A value is not acceptable.
    Invalid,
    /// Something that the input names does not exist, or is not visible to the actor: the same answer.
    NotFound,
    /// It was changed since the actor read it.
    Conflict {
        /// The version it has now, where it has one.
        current_version: Option<i32>,
    },
    /// Its life cycle has no such step from where it is.
    IllegalTransition {
        /// The state that it is in.
        from: String,
        /// The states that it may go to.
        allowed: Vec<String>,
    },
    /// Somebody else has to do it.
    SeparationOfDuties,
    /// The actor's roles do not allow it.
    Forbidden,
    /// A policy would break what no policy can loosen.
    Invariant(Invariant),
    /// Something that has to be there first is not.
    Incomplete {
        /// What is missing, for people.
        missing: Vec<Message>,
    },
    /// It exists already.
    Duplicate,
    /// It is more, or longer, than allowed.
    Limit,
}

impl ProblemKind {
    /// Its code, as clients know it: a `UserErrorCode`.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Invalid | Self::Invariant(_) => "INVALID",
            Self::NotFound => "NOT_FOUND",
            Self::Conflict { .. } => "CONFLICT",
            Self::IllegalTransition { .. } => "ILLEGAL_TRANSITION",
            Self::SeparationOfDuties => "SEPARATION_OF_DUTIES",
            Self::Forbidden => "FORBIDDEN",
            Self::Incomplete { .. } => "INCOMPLETE",
            Self::Duplicate => "DUPLICATE",
            Self::Limit => "LIMIT",
        }
    }
}

impl Problem {
    /// A problem of `kind` at `path`, a dotted path into the input; "" is the whole of it.
    #[must_use]
    pub fn new(kind: ProblemKind, path: &str, message: Message) -> Self {
        Self {
            kind,
            message,
            path: path
                .split('.')
                .filter(|part| !part.is_empty())
                .map(str::to_owned)
                .collect(),
        }
    }

    /// Whether it refuses what the actor may not do, or somebody else has to: the audit log is told of it.
    #[must_use]
    pub const fn is_refusal(&self) -> bool {
        matches!(self.kind, ProblemKind::Forbidden | ProblemKind::SeparationOfDuties)
    }

    /// A value that is not acceptable.
    #[must_use]
    pub fn invalid(path: &str, message: Message) -> Self {
        Self::new(ProblemKind::Invalid, path, message)
    }

    /// Nothing visible is at `path`: there is no such thing, of a kind, or as a message says.
    pub fn not_found(path: &str, what: impl Into<Message>) -> Self {
        Self::new(ProblemKind::NotFound, path, what.into())
    }

    /// The object has another version than the one that the actor read.
    #[must_use]
    pub fn stale(expected: i32, current: i32) -> Self {
        Self::new(
            ProblemKind::Conflict {
                current_version: Some(current),
            },
            "expectedVersion",
            message!("use-case-stale", current, expected),
        )
    }

    /// A state that does not follow from the present one.
    pub fn transition(path: &str, from: Term, to: Term, allowed: impl IntoIterator<Item = Term>) -> Self {
        let allowed: Vec<Term> = allowed.into_iter().collect();
        let kind = ProblemKind::IllegalTransition {
            from: from.name().to_owned(),
            allowed: allowed.iter().map(|state| state.name().to_owned()).collect(),
        };
        let message = if allowed.is_empty() {
            message!("use-case-final-state", from, to)
        } else {
            message!("use-case-illegal-transition", from, to, allowed)
        };
        Self::new(kind, path, message)
    }

    /// Somebody else has to do it. `rule` says why.
    #[must_use]
    pub fn separation(rule: Message) -> Self {
        Self::new(ProblemKind::SeparationOfDuties, "", rule)
    }

    /// It exists already.
    #[must_use]
    pub fn duplicate(path: &str, message: Message) -> Self {
        Self::new(ProblemKind::Duplicate, path, message)
    }
}

impl From<Denied> for Problem {
    fn from(denied: Denied) -> Self {
        Self::new(ProblemKind::Forbidden, "", denied.message())
    }
}

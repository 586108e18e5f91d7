use crate::{
    access::Invariant,
    use_case::{Problem, ProblemKind},
};
use async_graphql::{Enum, Interface, SimpleObject};
use entity::Language;

/// What kind of problem a mutation met. Clients decide by it; messages may change.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
pub enum UserErrorCode {
    /// A value is not acceptable; the message says what would be.
    Invalid,
    /// The input names something that does not exist or is not visible to you: the same answer.
    NotFound,
    /// It was changed since you read it, or an idempotency key was used for another input.
    Conflict,
    /// Its life cycle has no such step from where it is.
    IllegalTransition,
    /// Somebody else has to do it.
    SeparationOfDuties,
    /// Your roles do not allow it.
    Forbidden,
    /// Something that has to be there first is not.
    Incomplete,
    /// It exists already.
    Duplicate,
    /// It is more, or longer, than allowed.
    Limit,
}

/// Why a mutation did nothing: one entry for each thing that is wrong.
#[derive(Clone, Debug, Interface)]
#[graphql(
    field(name = "code", ty = "&UserErrorCode", desc = "What kind of problem it is."),
    field(
        name = "message",
        ty = "&String",
        desc = "What is wrong and what would be right, for people."
    ),
    field(
        name = "path",
        ty = "&Option<Vec<String>>",
        desc = "Where in the input it is; null when it is about the whole."
    )
)]
pub enum UserError {
    /// A problem that its code says all of.
    Input(InputError),
    /// A stale version, or a key used twice.
    Conflict(ConflictError),
    /// A step that the life cycle does not have.
    Transition(TransitionError),
    /// Something is missing.
    Incomplete(IncompleteError),
    /// A policy that no municipality may have.
    Invariant(InvariantError),
}

/// A problem with the input, or with who sends it.
#[derive(Clone, Debug, SimpleObject)]
pub struct InputError {
    /// What kind of problem it is.
    code: UserErrorCode,
    /// What is wrong and what would be right, for people.
    message: String,
    /// Where in the input it is; null when it is about the whole.
    path: Option<Vec<String>>,
}

/// The object was changed by somebody else, or the idempotency key was used for another input: `CONFLICT`.
#[derive(Clone, Debug, SimpleObject)]
pub struct ConflictError {
    /// What kind of problem it is.
    code: UserErrorCode,
    /// What is wrong and what would be right, for people.
    message: String,
    /// Where in the input it is; null when it is about the whole.
    path: Option<Vec<String>>,
    /// The version that the object has now; null when the conflict is about an idempotency key.
    current_version: Option<i32>,
}

/// The life cycle has no such step: `ILLEGAL_TRANSITION`.
#[derive(Clone, Debug, SimpleObject)]
pub struct TransitionError {
    /// What kind of problem it is.
    code: UserErrorCode,
    /// What is wrong and what would be right, for people.
    message: String,
    /// Where in the input it is; null when it is about the whole.
    path: Option<Vec<String>>,
    /// The state that the object is in.
    from: String,
    /// The states that it can go to from there.
    allowed: Vec<String>,
}

/// Something has to be there first: `INCOMPLETE`.
#[derive(Clone, Debug, SimpleObject)]
pub struct IncompleteError {
    /// What kind of problem it is.
    code: UserErrorCode,
    /// What is wrong and what would be right, for people.
    message: String,
    /// Where in the input it is; null when it is about the whole.
    path: Option<Vec<String>>,
    /// What is missing, one line each.
    missing: Vec<String>,
}

/// The policy would break what no policy can loosen: `INVALID`.
#[derive(Clone, Debug, SimpleObject)]
pub struct InvariantError {
    /// What kind of problem it is.
    code: UserErrorCode,
    /// What is wrong and what would be right, for people.
    message: String,
    /// Where in the input it is; null when it is about the whole.
    path: Option<Vec<String>>,
    /// What it would break.
    invariant: Invariant,
}

impl UserError {
    /// A problem, in words.
    #[must_use]
    pub fn new(problem: Problem, language: Language) -> Self {
        let Problem { kind, message, path } = problem;
        let message = message.in_language(language);
        let path = Some(path).filter(|path| !path.is_empty());
        let code = match kind {
            ProblemKind::Conflict { current_version } => {
                return Self::Conflict(ConflictError {
                    code: UserErrorCode::Conflict,
                    message,
                    path,
                    current_version,
                });
            }
            ProblemKind::IllegalTransition { from, allowed } => {
                return Self::Transition(TransitionError {
                    code: UserErrorCode::IllegalTransition,
                    message,
                    path,
                    from,
                    allowed,
                });
            }
            ProblemKind::Incomplete { missing } => {
                let missing = missing.iter().map(|one| one.in_language(language)).collect();
                return Self::Incomplete(IncompleteError {
                    code: UserErrorCode::Incomplete,
                    message,
                    path,
                    missing,
                });
            }
            ProblemKind::Invariant(invariant) => {
                return Self::Invariant(InvariantError {
                    code: UserErrorCode::Invalid,
                    message,
                    path,
                    invariant,
                });
            }
            ProblemKind::Invalid => UserErrorCode::Invalid,
            ProblemKind::NotFound => UserErrorCode::NotFound,
            ProblemKind::SeparationOfDuties => UserErrorCode::SeparationOfDuties,
            ProblemKind::Forbidden => UserErrorCode::Forbidden,
            ProblemKind::Duplicate => UserErrorCode::Duplicate,
            ProblemKind::Limit => UserErrorCode::Limit,
        };
        Self::Input(InputError { code, message, path })
    }
}

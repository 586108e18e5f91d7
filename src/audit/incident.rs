use super::Event;
use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value as Json, json};
use uuid::Uuid;

/// Something that was refused.
#[derive(Clone, Debug)]
pub struct Incident {
    /// What kind of refusal it was.
    pub kind: IncidentKind,
    /// Why: one of few texts, since what has the same is counted together.
    pub reason: String,
    /// Who was refused, if they are known.
    pub actor: Option<(Uuid, String)>,
    /// What was to be done: a use case, or a field of the API.
    pub operation: Option<String>,
    /// What it was about: the table and the id.
    pub subject: Option<(String, Uuid)>,
    /// The request that it happened in.
    pub request_id: Option<Uuid>,
    /// When.
    pub at: DateTime<Utc>,
}

/// The kinds of refusal that the log tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IncidentKind {
    /// Somebody was not allowed to do something.
    AccessRefused,
    /// Somebody could not sign in.
    SignInFailed,
}

/// Why a sign-in failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SignInFailure {
    /// The token was valid once.
    Expired,
    /// The token is not valid yet.
    NotYetValid,
    /// The token is for another service.
    WrongAudience,
    /// The token was used at the host of another municipality.
    WrongHost,
    /// The token is signed by no key that is known.
    UnknownKey,
    /// The token was revoked.
    Revoked,
    /// There is no such user, or they are disabled.
    UnknownUser,
    /// The token is none of those that are understood here.
    Invalid,
}

impl IncidentKind {
    /// The action that the log has it under.
    #[must_use]
    pub const fn action(self) -> &'static str {
        match self {
            Self::AccessRefused => "access.refused",
            Self::SignInFailed => "sign_in.failed",
        }
    }
}

impl SignInFailure {
    /// The text in the log.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Expired => "expired",
            Self::NotYetValid => "not_yet_valid",
            Self::WrongAudience => "wrong_audience",
            Self::WrongHost => "wrong_host",
            Self::UnknownKey => "unknown_key",
            Self::Revoked => "revoked",
            Self::UnknownUser => "unknown_user",
            Self::Invalid => "invalid",
        }
    }
}

impl Incident {
    /// A failed sign-in, as the user with this id where the token says so for sure.
    #[must_use]
    pub fn sign_in(failure: SignInFailure, user_id: Option<Uuid>, request_id: Uuid, at: DateTime<Utc>) -> Self {
        Self {
            kind: IncidentKind::SignInFailed,
            reason: failure.as_str().to_owned(),
            actor: None,
            operation: None,
            subject: user_id.map(|id| ("user_account".to_owned(), id)),
            request_id: Some(request_id),
            at,
        }
    }

    /// The event that tells of it alone.
    pub(super) fn event(self) -> Event {
        let payload = json!({ "reason": self.reason, "operation": self.operation, "count": 1 });
        self.with(payload)
    }

    /// The event that tells of `count` more of the kind, the last of them now.
    pub(super) fn counted(self, count: u64, first: DateTime<Utc>, last: DateTime<Utc>) -> Event {
        let text = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Millis, true);
        let payload = json!({
            "reason": self.reason,
            "operation": self.operation,
            "count": count,
            "first": text(first),
            "last": text(last),
        });
        self.with(payload)
    }

    fn with(self, payload: Json) -> Event {
        let (actor_id, actor) = match self.actor {
            Some((id, name)) => (Some(id), name),
            None => (None, super::NOBODY.to_owned()),
        };
        let (subject_type, subject_id) = match self.subject {
            Some((table, id)) => (table, Some(id)),
            None => ("municipality".to_owned(), None),
        };
        Event {
            occurred_at: self.at,
            actor_id,
            actor,
            request_id: self.request_id,
            action: self.kind.action().to_owned(),
            subject_type,
            subject_id,
            payload,
        }
    }
}

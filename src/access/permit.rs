use super::{ActingUser, Right};
use crate::language::Message;
use uuid::Uuid;

/// Proof that a user may do something in their municipality. Only [`super::Actor::permit`] and [`super::Actor::own`] make
/// one.
#[derive(Clone, Debug)]
pub struct Permit {
    municipality_id: Uuid,
    user: ActingUser,
    right: Option<Right>,
}

/// The actor has no such right there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Denied {
    /// The right that was asked for.
    pub right: Right,
}

impl Denied {
    /// It, for people.
    #[must_use]
    pub fn message(self) -> Message {
        message!("access-denied", right = self.right.term())
    }
}

impl Permit {
    pub(super) fn new(municipality_id: Uuid, user: ActingUser, right: Option<Right>) -> Self {
        Self {
            municipality_id,
            user,
            right,
        }
    }

    /// The municipality that it holds in.
    #[must_use]
    pub fn municipality_id(&self) -> Uuid {
        self.municipality_id
    }

    /// Who it was given to.
    #[must_use]
    pub fn user(&self) -> &ActingUser {
        &self.user
    }

    /// What it allows; `None` is what everybody may do with what is their own.
    #[must_use]
    pub fn right(&self) -> Option<Right> {
        self.right
    }
}

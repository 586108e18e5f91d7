//! The opaque ids of the API (GraphQL Global Object Identification).

use crate::language::{Message, Term};
use async_graphql::ID;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use std::fmt::{self, Write};
use uuid::Uuid;

/// Declares the kinds of object that have an id, each named as its GraphQL type.
macro_rules! node_kinds {
    ($($kind:ident),+ $(,)?) => {
        /// The kinds of object that have a global id.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum NodeKind {
            $(#[doc = concat!("`", stringify!($kind), "`")] $kind),+
        }

        impl NodeKind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$kind),+];

            const fn no_such(self) -> &'static str {
                match self {
                    $(Self::$kind => concat!("no-such-", stringify!($kind))),+
                }
            }

            /// The name of its GraphQL type.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$kind => stringify!($kind)),+
                }
            }
        }
    };
}

node_kinds! {
    AccessChange, Assessment, CarryOver, CaseFile, Check, Committee, ControlPlan, ControlPoint, ControlYear, CorrectiveAction, Decision, Department, DepartmentPeriod, DepartmentReport, DepartmentSuccession, Dispatch, Document, Exemption, Finding, FollowUp, JointReport, Municipality, PolicyVersion, ReportingOccasion, Review, Risk, RoleAssignment, ServicePermission, ServiceToken, User, UserIdentity, ReminderRequest, Attachment,
}

/// The text is not an id of the API, or of another kind than asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IdError {
    /// No id was ever written like this.
    Malformed(String),
    /// It is the id of something else.
    OtherKind {
        /// The kind that it is of.
        found: NodeKind,
        /// The kind that was needed.
        wanted: NodeKind,
    },
}

impl IdError {
    /// It, for people.
    #[must_use]
    pub fn message(&self) -> Message {
        match self {
            Self::Malformed(text) => message!("request-malformed-id", id = shortened(text)),
            Self::OtherKind { found, wanted } => {
                message!("request-id-of-other-kind", found = found.term(), wanted = wanted.term())
            }
        }
    }
}

/// That there is no such thing, for people.
impl From<NodeKind> for Message {
    fn from(kind: NodeKind) -> Self {
        Self::new(kind.no_such())
    }
}

/// In words, for the log and the program's own names: "control point".
impl fmt::Display for NodeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, letter) in self.name().char_indices() {
            if index > 0 && letter.is_ascii_uppercase() {
                f.write_char(' ')?;
            }
            f.write_char(letter.to_ascii_lowercase())?;
        }
        Ok(())
    }
}

impl NodeKind {
    /// The kind whose rows are in a table.
    #[must_use]
    pub fn of_table(table: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.table() == table)
    }

    /// It as messages name it.
    #[must_use]
    pub fn term(self) -> Term {
        Term::object(self.name())
    }

    /// It as messages name it in the middle of a sentence.
    #[must_use]
    pub fn words(self) -> Term {
        self.term().named(self.to_string())
    }

    /// The name of the table that its rows are in.
    #[must_use]
    pub fn table(self) -> String {
        match self {
            Self::Check => "control_check".to_owned(),
            Self::DepartmentPeriod => "department_committee".to_owned(),
            Self::User => "user_account".to_owned(),
            kind => kind.to_string().replace(' ', "_"),
        }
    }

    /// The global id of a row of this kind.
    #[must_use]
    pub fn encode(self, id: Uuid) -> ID {
        ID(URL_SAFE_NO_PAD.encode(format!("{}:{}", self.name(), id.simple())))
    }

    /// The row's id behind a global id of this kind.
    ///
    /// # Errors
    /// When it is malformed, or of another kind.
    pub fn decode(self, id: &ID) -> Result<Uuid, IdError> {
        match decode(id)? {
            (kind, id) if kind == self => Ok(id),
            (found, _) => Err(IdError::OtherKind { found, wanted: self }),
        }
    }
}

/// The kind and the row's id behind a global id.
///
/// # Errors
/// When it is malformed.
pub fn decode(id: &ID) -> Result<(NodeKind, Uuid), IdError> {
    let parsed = || {
        let bytes = URL_SAFE_NO_PAD.decode(id.as_bytes()).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        let (name, uuid) = text.split_once(':')?;
        let kind = NodeKind::ALL.iter().find(|kind| kind.name() == name)?;
        Some((*kind, Uuid::try_parse(uuid).ok()?))
    };
    parsed().ok_or_else(|| IdError::Malformed(id.to_string()))
}

fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    if text.chars().count() <= MOST {
        text.to_owned()
    } else {
        text.chars().take(MOST).chain(['…']).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_comes_back() {
        let id = Uuid::now_v7();
        for kind in NodeKind::ALL {
            assert_eq!(decode(&kind.encode(id)), Ok((*kind, id)));
        }
    }

    #[test]
    fn kinds_are_told_in_words() {
        assert_eq!(NodeKind::ControlPoint.to_string(), "control point");
    }

    #[test]
    fn another_kind_and_nonsense_are_told_apart() {
        let user = NodeKind::User.encode(Uuid::now_v7());
        let error = NodeKind::Committee.decode(&user).unwrap_err();
        let said = error.message().in_english();
        assert_eq!(said, "The id is of a User; a Committee is needed here.");
        for nonsense in ["", "17", "Finding:1", "åäö", "RmluZGluZzox"] {
            assert!(matches!(decode(&ID::from(nonsense)), Err(IdError::Malformed(_))));
        }
    }
}

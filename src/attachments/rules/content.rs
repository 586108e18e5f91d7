use super::FileKind;
use crate::language::Message;

/// Why content is not that of the kind of file that its name says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ContentProblem {
    /// There is none.
    Empty,
    /// It is of another kind that may be attached.
    OtherKind { found: FileKind, named: FileKind },
    /// It is something that is not attached: a program, a page, an archive.
    Forbidden { found: Message },
    /// It is an office file that carries programs.
    Macros,
    /// It is text, but not in UTF-8, or with characters that no text has.
    NotText,
    /// It is none of what may be attached.
    Unknown { named: FileKind },
}

impl ContentProblem {
    /// It, for people.
    pub(crate) fn message(&self) -> Message {
        match self {
            Self::Empty => message!("attachments-empty"),
            Self::OtherKind { found, named } => message!(
                "attachments-other-kind",
                found = found.media_type(),
                named = named.media_type()
            ),
            Self::Forbidden { found } => message!("attachments-forbidden", found),
            Self::Macros => message!("attachments-macros"),
            Self::NotText => message!("attachments-not-text"),
            Self::Unknown { named } => message!("attachments-unknown-content", named = named.media_type()),
        }
    }
}

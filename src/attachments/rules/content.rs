use super::FileKind;
use std::fmt;

/// Why content is not that of the kind of file that its name says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ContentProblem {
    /// There is none.
    Empty,
    /// It is of another kind that may be attached.
    OtherKind { found: FileKind, named: FileKind },
    /// It is something that is not attached: a program, a page, an archive.
    Forbidden { found: &'static str },
    /// It is an office file that carries programs.
    Macros,
    /// It is text, but not in UTF-8, or with characters that no text has.
    NotText,
    /// It is none of what may be attached.
    Unknown { named: FileKind },
}

impl fmt::Display for ContentProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "The file is empty."),
            Self::OtherKind { found, named } => write!(
                f,
                "The content is {}, and the name says {}: name the file after what it is.",
                found.media_type(),
                named.media_type()
            ),
            Self::Forbidden { found } => write!(f, "The content is {found}, which cannot be attached."),
            Self::Macros => write!(f, "The file has macros: save it without them, or as a PDF."),
            Self::NotText => write!(f, "The content is not text in UTF-8: save it in that encoding."),
            Self::Unknown { named } => write!(f, "The content is not {}, as the name says.", named.media_type()),
        }
    }
}

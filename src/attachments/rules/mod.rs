//! The rules of attachments.

mod attachable;
mod content;
mod file_kind;
mod file_name;
mod life;
mod subject;

pub use attachable::Attachable;
pub(crate) use attachable::Reported;
pub(crate) use content::ContentProblem;
pub(crate) use file_kind::FileKind;
pub(crate) use file_name::refuse_bad_name;
pub(super) use life::{refuse_frozen, refuse_many, refuse_removed};
pub(crate) use subject::Subject;

//! The use cases of the registry and of the committees' secretaries.

mod case_file;
mod decision;
mod document;

pub(crate) use case_file::refuse_foreign_case;
pub use case_file::{CreateCaseFileInput, UpdateCaseFileInput};
pub use decision::{DecisionItemInput, RecipientInput, RecordDecisionInput};
pub use document::{RecordDocumentInput, UpdateDocumentInput};

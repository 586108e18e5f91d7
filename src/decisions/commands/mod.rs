//! The use cases of the registry and of the committees' secretaries.

mod case_file;
mod content;
mod correction;
mod decision;
mod dispatch;
mod document;

pub(crate) use case_file::refuse_foreign_case;
pub use case_file::{CreateCaseFileInput, UpdateCaseFileInput};
pub use content::{DecisionContent, DecisionItemInput, DecisionNoteInput, RecipientInput};
pub use correction::CorrectDecisionInput;
pub use decision::RecordDecisionInput;
pub use dispatch::{ChangeDispatchStatusInput, QueueDispatchesInput};
pub(crate) use document::documented;
pub use document::{RecordDocumentInput, UpdateDocumentInput};

//! The registry's cases with their documents, and what bodies propose and decide.

mod api;
mod commands;
mod rules;
mod sheets;
mod store;

pub use api::{
    CaseFile, Decision, DecisionItem, DecisionNote, DecisionsMutation, DecisionsQuery, Dispatch, Document, Recipient,
};
pub use commands::{
    ChangeDispatchStatusInput, CorrectDecisionInput, CreateCaseFileInput, DecisionContent, DecisionItemInput,
    DecisionNoteInput, QueueDispatchesInput, RecipientInput, RecordDecisionInput, RecordDocumentInput,
    UpdateCaseFileInput, UpdateDocumentInput,
};

pub(crate) use commands::{documented, refuse_foreign_case};
pub(crate) use sheets::EXPORTS;
pub use store::DecisionRow;
pub(crate) use store::{
    DecisionsOfJointReport, DecisionsOfPlan, DecisionsOfReport, DocumentsOfCase, DocumentsOfReport, cases_by_id,
    readable_documents, visible_document,
};

//! The registry's cases with their documents, and what bodies propose and decide.

mod api;
mod commands;
mod rules;
mod store;

pub use api::{CaseFile, Decision, DecisionItem, DecisionsMutation, DecisionsQuery, Document, Recipient};
pub use commands::{
    CreateCaseFileInput, DecisionItemInput, RecipientInput, RecordDecisionInput, RecordDocumentInput,
    UpdateCaseFileInput, UpdateDocumentInput,
};

pub(crate) use commands::refuse_foreign_case;
pub(crate) use store::{DecisionsOfPlan, DecisionsOfReport, DocumentsOfReport, cases_by_id, visible_document};

use super::{CaseFile, Decision, Document};
use crate::{
    decisions::commands::{
        CreateCaseFileInput, RecordDecisionInput, RecordDocumentInput, UpdateCaseFileInput, UpdateDocumentInput,
    },
    mutations,
};

mutations! {
    /// The mutations of the registry and of the committees' secretaries.
    DecisionsMutation {
        /// Records a case under the registry's number. For the registrar.
        create_case_file(CreateCaseFileInput) -> CreateCaseFilePayload {
            /// The new case; null when it was not recorded.
            case_file: CaseFile
        }
        /// Changes what a case is called. For the registrar.
        update_case_file(UpdateCaseFileInput) -> UpdateCaseFilePayload {
            /// The changed case; null when it was not changed.
            case_file: CaseFile
        }
        /// Records a document of a case or report. For the registrar.
        record_document(RecordDocumentInput) -> RecordDocumentPayload {
            /// The new document; null when it was not recorded.
            document: Document
        }
        /// Changes what is recorded of a document. For the registrar.
        update_document(UpdateDocumentInput) -> UpdateDocumentPayload {
            /// The changed document; null when it was not changed.
            document: Document
        }
        /// Records a proposal or decision, and moves the report that it is about. For the committee's secretary; a
        /// department's own proposal for its head.
        record_decision(RecordDecisionInput) -> RecordDecisionPayload {
            /// The recorded decision; null when it was not recorded.
            decision: Decision
        }
    }
}

use super::{CaseFile, Decision, Dispatch, Document};
use crate::{
    decisions::commands::{
        ChangeDispatchStatusInput, CorrectDecisionInput, CreateCaseFileInput, QueueDispatchesInput,
        RecordDecisionInput, RecordDocumentInput, UpdateCaseFileInput, UpdateDocumentInput,
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
        /// Corrects what was recorded wrongly of a decision: a new record, beside the wrong one. For the committee's
        /// secretary; a department's own proposal for its head.
        correct_decision(CorrectDecisionInput) -> CorrectDecisionPayload {
            /// The corrected record; null when it was not recorded.
            decision: Decision
        }
        /// Queues a decision for delivery to each recipient that it is not on its way to. For the registrar.
        queue_dispatches(QueueDispatchesInput) -> QueueDispatchesPayload {
            /// The decision with its dispatches; null when nothing was queued.
            decision: Decision
        }
        /// Records what became of a dispatch. For the registrar.
        change_dispatch_status(ChangeDispatchStatusInput) -> ChangeDispatchStatusPayload {
            /// The dispatch in its new state; null when it was not changed.
            dispatch: Dispatch
        }
    }
}

use super::{Assessment, Check, CorrectiveAction, Finding, FollowUp, Review};
use crate::{
    follow_up::commands::{
        AssessFollowUpInput, AssignPerformersInput, BeginAssessmentInput, ChangeCorrectiveActionStatusInput,
        ChangeFindingStatusInput, CreateCorrectiveActionInput, ExtendCorrectiveActionInput, RegisterCentralCheckInput,
        RegisterCheckInput, RegisterFindingInput, RegisterReviewInput, ReviewAssessmentInput, SendBackAssessmentInput,
        StartFollowUpInput, UpdateAssessmentInput, UpdateCheckInput, UpdateCorrectiveActionInput, UpdateFindingInput,
        UpdateReviewInput,
    },
    mutations,
};

mutations! {
    /// The mutations about follow-ups.
    FollowUpMutation {
        /// Starts a department's follow-up of a control point in its plan. For the department's controller.
        start_follow_up(StartFollowUpInput) -> StartFollowUpPayload {
            /// The new follow-up; null when none was started.
            follow_up: FollowUp
        }
        /// Says who carries a follow-up out, in place of those assigned so far. For the department's controller.
        assign_performers(AssignPerformersInput) -> AssignPerformersPayload {
            /// The follow-up; null when nothing was changed.
            follow_up: FollowUp
        }
        /// Begins to assess a follow-up at a reporting occasion. For those who carry it out.
        begin_assessment(BeginAssessmentInput) -> BeginAssessmentPayload {
            /// The new assessment; null when none was begun.
            assessment: Assessment
        }
        /// Changes an assessment that is in progress. For those who carry the follow-up out.
        update_assessment(UpdateAssessmentInput) -> UpdateAssessmentPayload {
            /// The changed assessment; null when nothing was changed.
            assessment: Assessment
        }
        /// Assesses a follow-up at an occasion: with a conclusion, and a rating where the year requires one. For those
        /// who carry it out; somebody else reviews it next.
        assess_follow_up(AssessFollowUpInput) -> AssessFollowUpPayload {
            /// The assessment; null when it was not made.
            assessment: Assessment
        }
        /// Reviews an assessment that somebody else made. For the department's controller or head.
        review_assessment(ReviewAssessmentInput) -> ReviewAssessmentPayload {
            /// The reviewed assessment; null when it was not reviewed.
            assessment: Assessment
        }
        /// Sends an assessment back to be made anew, with a reason. For the department's controller or head.
        send_back_assessment(SendBackAssessmentInput) -> SendBackAssessmentPayload {
            /// The assessment; null when it was not sent back.
            assessment: Assessment
        }
        /// Registers a check. For those who carry the follow-up out and the department's controller.
        register_check(RegisterCheckInput) -> RegisterCheckPayload {
            /// The new check; null when none was registered.
            check: Check
        }
        /// Registers a check of a shared point that was performed once for several departments: it is one, and shows in the
        /// follow-up of each. For those who write checks in all of them, and for the coordinator.
        register_central_check(RegisterCentralCheckInput) -> RegisterCentralCheckPayload {
            /// The new check; null when none was registered.
            check: Check
        }
        /// Changes a check. For those who carry the follow-up out and the department's controller; one that was performed
        /// centrally is for those who may register it.
        update_check(UpdateCheckInput) -> UpdateCheckPayload {
            /// The changed check; null when nothing was changed.
            check: Check
        }
        /// Registers a review by others. For those who carry out all the follow-ups that it concerns and the
        /// department's controller.
        register_review(RegisterReviewInput) -> RegisterReviewPayload {
            /// The new review; null when none was registered.
            review: Review
        }
        /// Changes a review by others. For those who carry out all the follow-ups that it concerns and the
        /// department's controller.
        update_review(UpdateReviewInput) -> UpdateReviewPayload {
            /// The changed review; null when nothing was changed.
            review: Review
        }
        /// Registers a finding. For those who carry the follow-up out and the department's controller.
        register_finding(RegisterFindingInput) -> RegisterFindingPayload {
            /// The new finding; null when none was registered.
            finding: Finding
        }
        /// Changes a finding; its status has a mutation of its own. For those who carry the follow-up out and the
        /// department's controller.
        update_finding(UpdateFindingInput) -> UpdateFindingPayload {
            /// The changed finding; null when nothing was changed.
            finding: Finding
        }
        /// Moves a finding along its life cycle. For those who carry the follow-up out and the department's controller;
        /// accepting it is for the department's head, verifying it for somebody else than who resolved it.
        change_finding_status(ChangeFindingStatusInput) -> ChangeFindingStatusPayload {
            /// The finding; null when it was not moved.
            finding: Finding
        }
        /// Creates a corrective action about a plan, a risk, a follow-up or a finding. For those who write that.
        create_corrective_action(CreateCorrectiveActionInput) -> CreateCorrectiveActionPayload {
            /// The new action; null when none was created.
            corrective_action: CorrectiveAction
        }
        /// Changes what an action is. For those who write what it comes from.
        update_corrective_action(UpdateCorrectiveActionInput) -> UpdateCorrectiveActionPayload {
            /// The changed action; null when nothing was changed.
            corrective_action: CorrectiveAction
        }
        /// Puts an action off to a later day. For those who write what it comes from.
        extend_corrective_action(ExtendCorrectiveActionInput) -> ExtendCorrectiveActionPayload {
            /// The action; null when it was not put off.
            corrective_action: CorrectiveAction
        }
        /// Moves an action along its life cycle, in a closed year too. For those who write what it comes from;
        /// verifying it is for somebody else than who carried it out.
        change_corrective_action_status(ChangeCorrectiveActionStatusInput) -> ChangeCorrectiveActionStatusPayload {
            /// The action; null when it was not moved.
            corrective_action: CorrectiveAction
        }
    }
}

//! What departments do about the control points: follow-ups with their assessments, checks, reviews by others,
//! findings and corrective actions.

mod api;
mod commands;
mod rules;
mod sheets;
mod store;

pub use api::{
    ActionExtension, Assessment, Check, CorrectiveAction, CorrectiveActionFilter, Finding, FindingFilter, FindingOrder,
    FollowUp, FollowUpFilter, FollowUpMutation, FollowUpQuery, Review, ScheduledCheck,
};
pub use commands::{
    ActionOrigin, AssessFollowUpInput, AssignPerformersInput, BeginAssessmentInput, ChangeCorrectiveActionStatusInput,
    ChangeFindingStatusInput, CheckContent, CreateCorrectiveActionInput, ExtendCorrectiveActionInput,
    RegisterCentralCheckInput, RegisterCheckInput, RegisterFindingInput, RegisterReviewInput, ReviewAssessmentInput,
    SendBackAssessmentInput, StartFollowUpInput, UpdateAssessmentInput, UpdateCheckInput, UpdateCorrectiveActionInput,
    UpdateFindingInput, UpdateReviewInput,
};
pub(crate) use commands::{attachable, carry_action, carry_finding, relink, show_central_checks};
pub use rules::ScheduledCheckState;
pub(crate) use rules::{is_overdue, trend};
pub(crate) use sheets::EXPORTS;
pub use store::FollowUpRow;
pub(crate) use store::{
    ActionRow, FollowUpsOfPoint, acted_on, action_lives, action_not_dropped, actions_done_earlier, actions_of_plans,
    actions_of_risks, assessments_seen, carried_on_actions, finding_lives, findings_done_earlier,
    findings_with_earlier_action, follow_up_rows, ground_of_action_row, open_findings, overdue_action_rows, readable,
    readable_to, reviews_of_cases, unverified_actions, visible_actions_by_id, visible_check_evidence, visible_evidence,
    visible_findings_by_id, visible_follow_ups, visible_review_evidence, year_of_action,
};

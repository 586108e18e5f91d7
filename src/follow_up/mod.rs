//! What departments do about the control points: follow-ups with their assessments, checks, reviews by others,
//! findings and corrective actions.

mod api;
mod commands;
mod rules;
mod store;

pub use api::{
    ActionExtension, Assessment, Check, CorrectiveAction, CorrectiveActionFilter, Finding, FindingFilter, FindingOrder,
    FollowUp, FollowUpFilter, FollowUpMutation, FollowUpQuery, Review,
};
pub(crate) use commands::relink;
pub use commands::{
    ActionOrigin, AssessFollowUpInput, AssignPerformersInput, BeginAssessmentInput, ChangeCorrectiveActionStatusInput,
    ChangeFindingStatusInput, CreateCorrectiveActionInput, ExtendCorrectiveActionInput, RegisterCheckInput,
    RegisterFindingInput, RegisterReviewInput, ReviewAssessmentInput, SendBackAssessmentInput, StartFollowUpInput,
    UpdateAssessmentInput, UpdateCheckInput, UpdateCorrectiveActionInput, UpdateFindingInput, UpdateReviewInput,
};
pub use store::FollowUpRow;
pub(crate) use store::{
    ActionRow, ActionsOfFinding, ActionsOfFollowUp, AssessmentRow, AssessmentsOfFollowUp, CheckOfFinding,
    ChecksOfFollowUp, DepartmentOfFollowUp, FindingsOfFollowUp, FindingsOfReview, FollowUpsOfPoint,
    PerformersOfFollowUp, PreviousFollowUp, ReviewOfFinding, ReviewsOfFollowUp, Unreviewed, actions_of_plans,
    actions_of_risks, follow_up_rows, laid_before, latest_assessment, readable, reviews_of_cases, unreviewed,
    visible_follow_up, visible_follow_ups, visible_follow_ups_by_id,
};

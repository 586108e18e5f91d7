//! What can be done about follow-ups.

mod action_origin;
mod assessment;
mod assessment_review;
mod attachable;
mod came_along;
mod carry;
mod central_check;
mod check;
mod corrective_action;
mod corrective_action_status;
mod covering;
mod finding;
mod finding_status;
mod follow_up;
mod performers;
mod relink;
mod review;
mod subject;

pub use action_origin::ActionOrigin;
pub use assessment::{AssessFollowUpInput, BeginAssessmentInput, UpdateAssessmentInput};
pub use assessment_review::{ReviewAssessmentInput, SendBackAssessmentInput};
pub(crate) use attachable::attachable;
pub(crate) use carry::{carry_action, carry_finding};
pub use central_check::RegisterCentralCheckInput;
pub(crate) use central_check::show_central_checks;
pub use check::{CheckContent, RegisterCheckInput, UpdateCheckInput};
pub use corrective_action::{CreateCorrectiveActionInput, ExtendCorrectiveActionInput, UpdateCorrectiveActionInput};
pub use corrective_action_status::ChangeCorrectiveActionStatusInput;
pub use finding::{RegisterFindingInput, UpdateFindingInput};
pub use finding_status::ChangeFindingStatusInput;
pub use follow_up::StartFollowUpInput;
pub use performers::AssignPerformersInput;
pub(crate) use relink::relink;
pub use review::{RegisterReviewInput, UpdateReviewInput};

//! Following up in the API.

mod action_extension;
mod assessment;
mod check;
mod corrective_action;
mod filter;
mod finding;
mod follow_up;
mod mutation;
mod query;
mod review;
mod scheduled_check;
mod withheld;

pub use action_extension::ActionExtension;
pub use assessment::Assessment;
pub use check::Check;
pub use corrective_action::CorrectiveAction;
pub use filter::{CorrectiveActionFilter, FindingFilter, FindingOrder, FollowUpFilter};
pub use finding::Finding;
pub use follow_up::FollowUp;
pub use mutation::FollowUpMutation;
pub use query::FollowUpQuery;
pub use review::Review;
pub use scheduled_check::ScheduledCheck;

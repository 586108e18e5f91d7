//! The closed lists of values, one file a family. Their documentation is what the API shows.

mod access;
mod decisions;
mod follow_up;
mod organisation;
mod planning;
mod reporting;
mod work;

pub use access::{AccessChangeStatus, UserKind};
pub use decisions::{DecisionItemNature, DecisionNoteKind, DecisionOutcome, DecisionStage, DispatchStatus};
pub use follow_up::{
    CorrectiveActionOrigin, CorrectiveActionStatus, Effort, FindingStatus, FollowUpStatus, Severity, Trend,
};
pub use organisation::{CommitteeKind, DepartmentKind, Role};
pub use planning::{
    CarryOverKind, CarryOverStatus, ControlPlanStatus, ControlScope, ControlYearPhase, RatingBasis, RiskTreatment,
};
pub use reporting::ReportStatus;
pub use work::{Language, ReminderStage, ReminderStatus, WorkItemKind};

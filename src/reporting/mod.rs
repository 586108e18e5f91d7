//! What departments report to their committees, and what the municipality's shared points look like across them.

mod api;
mod commands;
mod frozen;
mod rules;
mod store;

pub use api::{
    DepartmentReport, DepartmentReportEvent, JointCell, JointFollowUp, JointFollowUpEvent, JointPoint, MissingFollowUp,
    RatingCount, ReportGap, ReportingMutation, ReportingQuery, ReportingSubscription,
};
pub use commands::{
    CreateDepartmentReportInput, ExplainGapInput, ProposeDepartmentReportInput, PublishDepartmentReportInput,
    ReopenDepartmentReportInput, SubmitDepartmentReportInput, UpdateDepartmentReportInput,
};
pub use frozen::{
    FrozenActionExtension, FrozenAssessment, FrozenCheck, FrozenControlPoint, FrozenCorrectiveAction, FrozenFinding,
    FrozenFollowUp, FrozenGap, FrozenOccasion, FrozenRatingLevel, FrozenReport, FrozenReview, FrozenUnit,
};
pub use rules::JointCellState;

pub(crate) use api::report_of_department;
pub(crate) use rules::{Move, refuse_move, refuse_other_content};
pub(crate) use store::{ReportRow, acted_on, laid_before, reports_by_id, visible_report, visible_reports};

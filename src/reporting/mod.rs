//! What departments report to their committees, and what the municipality's shared points look like across them.

mod api;
mod commands;
mod frozen;
mod rules;
mod sheets;
mod store;

pub use api::{
    CompletenessCount, DepartmentReport, DepartmentReportEvent, JointCell, JointFollowUp, JointFollowUpEvent, JointGap,
    JointPoint, JointReport, MissingFollowUp, OpenFindingCount, OverdueCount, RatingCount, RatingDistribution,
    ReportGap, ReportingMutation, ReportingQuery, ReportingSubscription, RollUp, RollUpInput, TrendCount,
    UncheckedCount,
};
pub use commands::{
    CreateDepartmentReportInput, CreateJointReportInput, ExplainGapInput, ExplainJointGapInput,
    ProposeDepartmentReportInput, ProposeJointReportInput, PublishDepartmentReportInput, PublishJointReportInput,
    ReopenDepartmentReportInput, ReopenJointReportInput, SubmitDepartmentReportInput, SubmitJointReportInput,
    UpdateDepartmentReportInput, UpdateJointReportInput,
};
pub use frozen::{
    FrozenActionExtension, FrozenAssessment, FrozenAttachment, FrozenCheck, FrozenControlPoint, FrozenCorrectiveAction,
    FrozenFinding, FrozenFollowUp, FrozenGap, FrozenJointCell, FrozenJointGap, FrozenJointPoint, FrozenJointReport,
    FrozenOccasion, FrozenRatingLevel, FrozenReport, FrozenReportReference, FrozenReview, FrozenUnit,
};
pub use rules::JointCellState;

pub(crate) use api::report_of_department;
pub(crate) use rules::{Move, Reported, refuse_move, refuse_other_content};
pub(crate) use sheets::EXPORTS;
pub(crate) use store::{
    ReportRow, acted_on, joint_acted_on, joint_reports_by_id, laid_before, reports_by_id, submitted_since,
    visible_joint_report, visible_joint_reports, visible_report, visible_reports,
};

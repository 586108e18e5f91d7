//! Reporting in the API.

mod department_report;
mod joint_cell;
mod joint_follow_up;
mod joint_point;
mod joint_report;
mod missing_follow_up;
mod mutation;
mod query;
mod rating_count;
mod report_arguments;
mod report_gap;
mod roll_up;
mod subscription;

pub use department_report::DepartmentReport;
pub use joint_cell::JointCell;
pub use joint_follow_up::JointFollowUp;
pub use joint_point::JointPoint;
pub use joint_report::{JointGap, JointReport};
pub use missing_follow_up::MissingFollowUp;
pub use mutation::ReportingMutation;
pub use query::ReportingQuery;
pub use rating_count::RatingCount;
pub(crate) use report_arguments::report_of_department;
pub use report_gap::ReportGap;
pub use roll_up::{
    CompletenessCount, OpenFindingCount, OverdueCount, RatingDistribution, RollUp, RollUpInput, TrendCount,
    UncheckedCount,
};
pub use subscription::{DepartmentReportEvent, JointFollowUpEvent, ReportingSubscription};

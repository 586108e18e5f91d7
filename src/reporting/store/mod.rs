//! Reading reports and the joint follow-up.

mod completeness;
mod freezing;
mod frozen;
mod frozen_files;
mod gap;
mod joint;
mod joint_freezing;
mod joint_report;
mod joint_secrets;
mod report;
mod roll_up;

pub(super) use completeness::{explained_gap, planned_points};
pub(super) use freezing::frozen_content;
pub(super) use frozen::FrozenOf;
pub(super) use gap::{GapRow, GapsOfReport};
pub(super) use joint::{CellRow, JointFrame, ReadFor, cells, columns, joint_frame};
pub(super) use joint_freezing::joint_content;
pub(super) use joint_report::{
    CaseOfJointReport, CommitteeOfJointReport, DepartmentOfJointGap, DepartmentOfJointReport, FrozenOfJointReport,
    GapsOfJointReport, OccasionOfJointReport, YearOfJointReport, has_joint_report, joint_authors, joint_gaps,
    joint_report_at,
};
pub(crate) use joint_report::{joint_acted_on, joint_reports_by_id, visible_joint_report, visible_joint_reports};
pub(super) use joint_secrets::CellSecrets;
pub(super) use report::{FollowUpsOfReport, OccasionsOfYear, authors, report_of, reports_by_code};
pub(crate) use report::{
    ReportKey, ReportRow, ReportsOfDepartment, acted_on, laid_before, reports_by_id, submitted_since, visible_report,
    visible_reports,
};
pub(super) use roll_up::{
    FindingTally, RollUpFilter, TrendTally, completeness, open_findings, overdue_actions, ratings,
    trends_by_department, trends_by_point,
};

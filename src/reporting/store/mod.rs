//! Reading reports and the joint follow-up.

mod completeness;
mod freezing;
mod frozen;
mod gap;
mod joint;
mod joint_secrets;
mod report;

pub(super) use completeness::{explained_gap, planned_points};
pub(super) use freezing::frozen_content;
pub(super) use frozen::FrozenOf;
pub(super) use gap::{GapRow, GapsOfReport};
pub(super) use joint::{CellRow, JointFrame, cells, columns, joint_frame};
pub(super) use joint_secrets::CellSecrets;
pub(super) use report::{FollowUpsOfReport, OccasionsOfYear, authors, report_of, reports_by_code};
pub(crate) use report::{
    ReportKey, ReportRow, ReportsOfDepartment, acted_on, laid_before, reports_by_id, visible_report, visible_reports,
};

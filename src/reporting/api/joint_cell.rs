use crate::{follow_up::FollowUp, organisation::Department, planning::RatingLevel, reporting::rules::JointCellState};
use async_graphql::SimpleObject;
use entity::Trend;

/// One department's work on one shared point at the occasion.
#[derive(Clone, SimpleObject)]
pub struct JointCell {
    /// The department.
    pub(super) department: Department,
    /// How it stands.
    pub(super) state: JointCellState,
    /// The follow-up; null when there is none, or it is not visible to you.
    pub(super) follow_up: Option<FollowUp>,
    /// The rating, once it is reported; null when none was given, or it is withheld from you.
    pub(super) rating: Option<RatingLevel>,
    /// The development since the year before, once it is reported: as stated, or by rank on the scale.
    pub(super) trend: Option<Trend>,
    /// How many of its findings nothing was done about yet (`OPEN`, `ACTION_PLANNED`); those that you do not see, and
    /// those that are withheld from you, are not counted.
    pub(super) open_findings: i32,
}

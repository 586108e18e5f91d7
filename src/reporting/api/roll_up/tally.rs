use crate::{
    graphql::Date,
    organisation::Department,
    planning::{ControlPoint, RatingLevel},
    reporting::store::FindingTally,
};
use async_graphql::SimpleObject;
use entity::Severity;

/// How many reviewed assessments of a year were given a rating.
#[derive(Clone, SimpleObject)]
pub struct RatingDistribution {
    /// The control year.
    pub(super) year: i32,
    /// The rating, on the scale of that year.
    pub(super) rating: RatingLevel,
    /// How many.
    pub(super) count: i32,
}

/// How far a department has come at an occasion of a year.
#[derive(Clone, SimpleObject)]
pub struct CompletenessCount {
    /// The control year.
    pub(super) year: i32,
    /// The department.
    pub(super) department: Department,
    /// How many points apply to it: all of its plans in force, but those that it is exempt from.
    pub(super) expected: i32,
    /// How many have a reviewed assessment.
    pub(super) reported: i32,
    /// How many are begun and not reviewed.
    pub(super) started: i32,
    /// How many are not begun although the occasion's due date has passed.
    pub(super) missing: i32,
}

/// How many of a department's points have no check.
#[derive(Clone, SimpleObject)]
pub struct UncheckedCount {
    /// The control year.
    pub(super) year: i32,
    /// The department.
    pub(super) department: Department,
    /// How many.
    pub(super) count: i32,
}

/// How many findings of a severity in an area nothing has been done about.
#[derive(Clone, SimpleObject)]
pub struct OpenFindingCount {
    /// The control year.
    pub(super) year: i32,
    /// The severity; null for those of unknown severity.
    pub(super) severity: Option<Severity>,
    /// The area; null for those without one.
    pub(super) area: Option<String>,
    /// How many.
    pub(super) count: i32,
}

impl From<FindingTally> for OpenFindingCount {
    fn from(tally: FindingTally) -> Self {
        Self {
            year: tally.year,
            severity: tally.severity,
            area: tally.area,
            count: tally.count,
        }
    }
}

/// How many of a department's actions should have been done by now and are not.
#[derive(Clone, SimpleObject)]
pub struct OverdueCount {
    /// The control year that they are of.
    pub(super) year: i32,
    /// The department; null for the whole municipality's own.
    pub(super) department: Option<Department>,
    /// How many.
    pub(super) count: i32,
    /// The day that the oldest of them was due.
    pub(super) oldest_due_on: Option<Date>,
}

/// How many follow-ups went which way since the year before: as stated, or by rank on the scale.
#[derive(Clone, SimpleObject)]
pub struct TrendCount {
    /// The control year.
    pub(super) year: i32,
    /// The point that they are of, in a count by point.
    pub(super) point: Option<ControlPoint>,
    /// The department that they are of, in a count by department.
    pub(super) department: Option<Department>,
    /// How many improved.
    pub(super) improved: i32,
    /// How many are as before.
    pub(super) unchanged: i32,
    /// How many worsened.
    pub(super) worsened: i32,
}

//! What the lists can be asked for.

use crate::{
    follow_up::store,
    graphql::{NodeKind, RequestError},
    planning::parse_year,
};
use async_graphql::{Enum, ID, InputObject};
use entity::{ControlScope, CorrectiveActionStatus, FindingStatus, FollowUpStatus, Severity};

/// Which follow-ups are wanted: those that fit everything that is given.
#[derive(Clone, Debug, Default, InputObject)]
pub struct FollowUpFilter {
    /// Only those of the department with this code.
    pub department_code: Option<String>,
    /// Only those of this year.
    pub year: Option<i32>,
    /// Only those of this control point.
    pub point_id: Option<ID>,
    /// Only those with one of these statuses; left out or empty: all.
    pub status: Option<Vec<FollowUpStatus>>,
    /// Only those of shared control points, or of the departments' own.
    pub scope: Option<ControlScope>,
}

/// Which findings are wanted: those that fit everything that is given. What is withheld from you fits no filter but
/// the department and the year.
#[derive(Clone, Debug, Default, InputObject)]
pub struct FindingFilter {
    /// Only those of the department with this code.
    pub department_code: Option<String>,
    /// Only those of this year.
    pub year: Option<i32>,
    /// Only those of one of these severities; left out or empty: all, those of unknown severity too.
    pub severity: Option<Vec<Severity>>,
    /// Only those with one of these statuses; left out or empty: all.
    pub status: Option<Vec<FindingStatus>>,
    /// Only those in exactly this area.
    pub area: Option<String>,
}

/// The order of findings. What is withheld from you comes last in each.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
pub enum FindingOrder {
    /// The most serious first, and those of unknown severity after the others; the oldest first of each.
    Severity,
    /// The oldest first.
    Created,
}

/// Which corrective actions are wanted: those that fit everything that is given. What is withheld from you fits no
/// filter but the department and the year.
#[derive(Clone, Debug, Default, InputObject)]
pub struct CorrectiveActionFilter {
    /// Only those of the department with this code.
    pub department_code: Option<String>,
    /// Only those of this year.
    pub year: Option<i32>,
    /// Only those with one of these statuses; left out or empty: all.
    pub status: Option<Vec<CorrectiveActionStatus>>,
    /// Only those that should have been done by now and are not, or only the others.
    pub overdue: Option<bool>,
}

impl FindingFilter {
    /// Whether something is asked for that is content of a finding.
    pub(super) fn asks_for_content(&self) -> bool {
        let some = self.severity.as_ref().is_some_and(|list| !list.is_empty());
        some || self.status.as_ref().is_some_and(|list| !list.is_empty()) || self.area.is_some()
    }
}

impl CorrectiveActionFilter {
    /// Whether something is asked for that is content of an action.
    pub(super) fn asks_for_content(&self) -> bool {
        self.status.as_ref().is_some_and(|list| !list.is_empty()) || self.overdue.is_some()
    }
}

impl TryFrom<FollowUpFilter> for store::FollowUpFilter {
    type Error = RequestError;

    fn try_from(filter: FollowUpFilter) -> Result<Self, RequestError> {
        let point_id = filter.point_id.map(|id| {
            NodeKind::ControlPoint
                .decode(&id)
                .map_err(|error| RequestError::bad_request(error.message()))
        });
        Ok(Self {
            department_code: filter.department_code,
            year: filter.year.map(parse_year).transpose()?,
            point_id: point_id.transpose()?,
            status: filter.status.unwrap_or_default(),
            scope: filter.scope,
        })
    }
}

impl TryFrom<FindingFilter> for store::FindingFilter {
    type Error = RequestError;

    fn try_from(filter: FindingFilter) -> Result<Self, RequestError> {
        Ok(Self {
            department_code: filter.department_code,
            year: filter.year.map(parse_year).transpose()?,
            severity: filter.severity.unwrap_or_default(),
            status: filter.status.unwrap_or_default(),
            area: filter.area,
        })
    }
}

impl From<FindingOrder> for store::FindingOrder {
    fn from(order: FindingOrder) -> Self {
        match order {
            FindingOrder::Severity => Self::Severity,
            FindingOrder::Created => Self::Created,
        }
    }
}

impl TryFrom<CorrectiveActionFilter> for store::ActionFilter {
    type Error = RequestError;

    fn try_from(filter: CorrectiveActionFilter) -> Result<Self, RequestError> {
        Ok(Self {
            department_code: filter.department_code,
            year: filter.year.map(parse_year).transpose()?,
            status: filter.status.unwrap_or_default(),
            overdue: filter.overdue,
        })
    }
}

use crate::{
    graphql::RequestError,
    planning::{rules::parse_year, store},
};
use async_graphql::InputObject;
use entity::{ControlScope, RiskTreatment};

/// Which control points are wanted: those that fit everything that is given.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ControlPointFilter {
    /// Of this calendar year.
    pub year: Option<i32>,
    /// Shared by all departments, or a department's or committee's own.
    pub scope: Option<ControlScope>,
    /// Those that apply to the department with this code: its own, and the shared ones that it is not exempt from.
    pub department_code: Option<String>,
}

/// Which risks are wanted: those that fit everything that is given.
#[derive(Clone, Debug, Default, InputObject)]
pub struct RiskFilter {
    /// Of this calendar year.
    pub year: Option<i32>,
    /// The risks of the department with this code.
    pub department_code: Option<String>,
    /// Met in this way.
    pub treatment: Option<RiskTreatment>,
}

impl TryFrom<ControlPointFilter> for store::PointFilter {
    type Error = RequestError;

    fn try_from(filter: ControlPointFilter) -> Result<Self, RequestError> {
        Ok(Self {
            year: filter.year.map(parse_year).transpose()?,
            scope: filter.scope,
            department_code: filter.department_code,
        })
    }
}

impl TryFrom<RiskFilter> for store::RiskFilter {
    type Error = RequestError;

    fn try_from(filter: RiskFilter) -> Result<Self, RequestError> {
        Ok(Self {
            year: filter.year.map(parse_year).transpose()?,
            department_code: filter.department_code,
            treatment: filter.treatment,
        })
    }
}

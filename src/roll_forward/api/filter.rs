use crate::{graphql::RequestError, planning::parse_year, roll_forward::store};
use async_graphql::InputObject;
use entity::{CarryOverKind, CarryOverStatus};

/// Which proposals are wanted: those that fit everything that is given.
#[derive(Clone, Debug, Default, InputObject)]
pub struct CarryOverFilter {
    /// To come along to this calendar year.
    pub year: Option<i32>,
    /// Of this sort.
    pub kind: Option<CarryOverKind>,
    /// Of which one of these became.
    pub status: Option<Vec<CarryOverStatus>>,
    /// Those that land on the department with this code.
    pub department_code: Option<String>,
}

impl TryFrom<CarryOverFilter> for store::Filter {
    type Error = RequestError;

    fn try_from(filter: CarryOverFilter) -> Result<Self, RequestError> {
        Ok(Self {
            year: filter.year.map(parse_year).transpose()?,
            kind: filter.kind,
            status: filter.status.unwrap_or_default(),
            department_code: filter.department_code,
        })
    }
}

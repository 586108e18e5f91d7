use super::{Committee, Department};
use crate::{
    access::rows_by_id,
    graphql::{Date, NodeKind, Result, Row},
    organisation::store,
    row_object,
};
use async_graphql::{ID, Object};
use entity::department_committee;

/// A period in which a department answers to a committee. Organisations change; last year's report keeps last year's
/// organisation.
#[derive(Clone)]
pub struct DepartmentPeriod(Row<department_committee::Model>);

row_object!(
    DepartmentPeriod(department_committee::Model),
    load: rows_by_id::<department_committee::Entity>
);

/// A period in which a department answers to a committee. Organisations change; last year's report keeps last year's
/// organisation.
#[Object]
impl DepartmentPeriod {
    /// Its global id.
    pub(crate) async fn id(&self) -> ID {
        NodeKind::DepartmentPeriod.encode(self.0.id)
    }

    /// The department.
    async fn department(&self) -> Result<Department> {
        Ok(self.0.must(store::DepartmentOfPeriod).await?.into())
    }

    /// The committee.
    async fn committee(&self) -> Result<Committee> {
        Ok(self.0.must(store::CommitteeOfPeriod).await?.into())
    }

    /// The first day.
    async fn valid_from(&self) -> Date {
        Date(self.0.valid_from)
    }

    /// The last day; null while it is open.
    async fn valid_to(&self) -> Option<Date> {
        self.0.valid_to.map(Date)
    }

    /// Counts its changes: what `expectedVersion` is compared with.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

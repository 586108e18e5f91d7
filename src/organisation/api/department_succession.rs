use super::Department;
use crate::{
    access::rows_by_id,
    graphql::{Date, NodeKind, Result, Row},
    organisation::store,
    row_object,
};
use async_graphql::{ID, Object};
use entity::department_succession;

/// That a department carries on another's work from a day on (efterträdare), after a merger, a division or a new
/// beginning under another name.
#[derive(Clone)]
pub struct DepartmentSuccession(Row<department_succession::Model>);

row_object!(
    DepartmentSuccession(department_succession::Model),
    load: rows_by_id::<department_succession::Entity>
);

/// That a department carries on another's work from a day on (efterträdare), after a merger, a division or a new
/// beginning under another name.
#[Object]
impl DepartmentSuccession {
    /// Its global id.
    pub(crate) async fn id(&self) -> ID {
        NodeKind::DepartmentSuccession.encode(self.0.id)
    }

    /// The department whose work is carried on.
    async fn department(&self) -> Result<Department> {
        Ok(self.0.must(store::PredecessorOf).await?.into())
    }

    /// The department that carries it on.
    async fn successor(&self) -> Result<Department> {
        Ok(self.0.must(store::SuccessorOf).await?.into())
    }

    /// The first day that it does.
    async fn valid_from(&self) -> Date {
        Date(self.0.valid_from)
    }
}

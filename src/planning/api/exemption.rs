use super::ControlPoint;
use crate::{
    access::{Reader, visible_rows_by_id},
    database::StoreError,
    graphql::{NodeKind, Result, Row},
    organisation::Department,
    planning::store,
    row_object,
};
use async_graphql::{ID, Object};
use entity::exemption;
use uuid::Uuid;

/// A department's exemption (undantag) from a shared control point: it does not apply there.
#[derive(Clone)]
pub struct Exemption(Row<exemption::Model>);

row_object!(Exemption(exemption::Model), load: visible_exemptions);

async fn visible_exemptions(reader: &Reader, ids: Vec<Uuid>) -> Result<Vec<(Uuid, exemption::Model)>, StoreError> {
    visible_rows_by_id::<exemption::Entity>(reader, ids, store::visible_exemptions(reader)).await
}

/// A department's exemption (undantag) from a shared control point: it does not apply there.
#[Object]
impl Exemption {
    /// Its global id.
    pub(crate) async fn id(&self) -> ID {
        NodeKind::Exemption.encode(self.0.id)
    }

    /// The shared point.
    async fn point(&self) -> Result<ControlPoint> {
        Ok(self.0.must(store::PointOfExemption).await?.into())
    }

    /// The department that it does not apply to.
    async fn department(&self) -> Result<Department> {
        Ok(self.0.must(store::DepartmentOfExemption).await?.into())
    }

    /// Why it does not apply.
    async fn reason(&self) -> &str {
        &self.0.reason
    }
}

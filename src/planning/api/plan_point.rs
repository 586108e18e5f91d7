use super::ControlPoint;
use crate::{
    graphql::{Result, Row},
    planning::store,
};
use async_graphql::Object;
use entity::plan_point;

/// A control point's place in a control plan. A shared point exists once and has a place in each plan that it applies
/// to.
#[derive(Clone)]
pub struct PlanPoint(Row<plan_point::Model>);

impl From<Row<plan_point::Model>> for PlanPoint {
    fn from(row: Row<plan_point::Model>) -> Self {
        Self(row)
    }
}

/// A control point's place in a control plan. A shared point exists once and has a place in each plan that it applies
/// to.
#[Object]
impl PlanPoint {
    /// Its number in the plan.
    async fn number(&self) -> i32 {
        self.0.number
    }

    /// The control point.
    async fn point(&self) -> Result<ControlPoint> {
        Ok(self.0.must(store::PointOfPlanPoint).await?.into())
    }

    /// The function that answers for it here, where it is another than the point's own.
    async fn local_owner(&self) -> Option<&String> {
        self.0.local_owner.as_ref()
    }
}

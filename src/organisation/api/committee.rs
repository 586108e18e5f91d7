use super::Department;
use crate::graphql::limits::{expected, list_cost};
use crate::{
    access::rows_by_id,
    graphql::{Date, NodeKind, Result, Row, objects},
    organisation::store,
    planning::{ControlPlan, PlansOfCommittee, parse_year},
    row_object,
};
use async_graphql::{ID, Object};
use entity::{CommitteeKind, committee};

/// A body of elected members (nämnd, styrelse, utskott, fullmäktige), answerable for the internal control of its area
/// (kommunallagen 6 kap. 6 §).
#[derive(Clone)]
pub struct Committee(pub(super) Row<committee::Model>);

row_object!(Committee(committee::Model), load: rows_by_id::<committee::Entity>);

/// A body of elected members (nämnd, styrelse, utskott, fullmäktige), answerable for the internal control of its area
/// (kommunallagen 6 kap. 6 §).
#[Object]
impl Committee {
    /// Its global id.
    pub(crate) async fn id(&self) -> ID {
        NodeKind::Committee.encode(self.0.id)
    }

    /// Its code, unique in the municipality, such as "KS".
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Its name, such as "Kommunstyrelsen".
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What kind of body it is.
    async fn kind(&self) -> CommitteeKind {
        self.0.kind
    }

    /// The committee that it belongs under: a working committee prepares for its board.
    async fn parent(&self) -> Result<Option<Self>> {
        Ok(self.0.one(store::ParentCommittee).await?.map(Self))
    }

    /// The departments that answer to it, in the municipality's order.
    #[graphql(complexity = "list_cost(expected::DEPARTMENTS, child_complexity)")]
    async fn departments(
        &self,
        #[graphql(desc = "On this day; left out: today.")] on: Option<Date>,
    ) -> Result<Vec<Department>> {
        let day = on.map_or_else(|| self.0.reader().today(), |day| day.0);
        Ok(objects(self.0.many(store::DepartmentsOn(day)).await?))
    }

    /// Its control plans of a year that you can see, the shared one first: of each the version in force, or the draft of
    /// the first.
    #[graphql(complexity = "list_cost(expected::DEPARTMENTS, child_complexity)")]
    async fn control_plans(
        &self,
        #[graphql(desc = "The calendar year, 1900 to 2200.")] year: i32,
    ) -> Result<Vec<ControlPlan>> {
        let year = parse_year(year)?;
        Ok(objects(self.0.many(PlansOfCommittee { year }).await?))
    }

    /// Counts its changes: what `expectedVersion` is compared with.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

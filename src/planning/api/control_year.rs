use super::{ControlPlan, RatingLevel, ReportingOccasion, RiskLevel};
use crate::graphql::limits::{expected, list_cost};
use crate::{
    access::{Reader, visible_rows_by_id},
    database::StoreError,
    graphql::{NodeKind, Permission, Result, Row, objects},
    planning::{
        rules::{ControlYearAct, ControlYearState},
        store,
    },
    row_object,
    use_case::permissions,
};
use async_graphql::{ID, Object};
use entity::{ControlYearPhase, RatingBasis, control_year};
use uuid::Uuid;

/// A year of internal control (kontrollår), with its reporting occasions, its scales and its plans.
#[derive(Clone)]
pub struct ControlYear(Row<control_year::Model>);

row_object!(ControlYear(control_year::Model), load: visible_years);

async fn visible_years(reader: &Reader, ids: Vec<Uuid>) -> Result<Vec<(Uuid, control_year::Model)>, StoreError> {
    visible_rows_by_id::<control_year::Entity>(reader, ids, store::visible_years(reader)).await
}

/// A year of internal control (kontrollår), with its reporting occasions, its scales and its plans.
#[Object]
impl ControlYear {
    /// Its global id.
    pub(crate) async fn id(&self) -> ID {
        NodeKind::ControlYear.encode(self.0.id)
    }

    /// The calendar year.
    async fn year(&self) -> i32 {
        self.0.year
    }

    /// How far it has come. It only moves forward; in a closed year only actions, decisions and dispatches still move.
    async fn phase(&self) -> ControlYearPhase {
        self.0.phase
    }

    /// When in the year departments report, in order; the last one is the annual one.
    #[graphql(complexity = "list_cost(expected::OCCASIONS, child_complexity)")]
    async fn occasions(&self) -> Result<Vec<ReportingOccasion>> {
        Ok(objects(self.0.many(store::OccasionsOfYear).await?))
    }

    /// The municipality's own scale for follow-ups in that year, best first.
    #[graphql(complexity = "list_cost(expected::SCALE, child_complexity)")]
    async fn rating_scale(&self) -> Result<Vec<RatingLevel>> {
        Ok(objects(self.0.many(store::RatingScale).await?))
    }

    /// What the rating scale measures.
    async fn rating_basis(&self) -> RatingBasis {
        self.0.rating_basis
    }

    /// Whether a follow-up can be assessed only with a rating.
    async fn rating_required(&self) -> bool {
        self.0.rating_required
    }

    /// The highest likelihood, and the highest consequence, that a risk can have; null without such a scale.
    async fn risk_maximum(&self) -> Option<i32> {
        self.0.risk_maximum
    }

    /// The municipality's own levels of risk in that year, lowest first.
    #[graphql(complexity = "list_cost(expected::SCALE, child_complexity)")]
    async fn risk_scale(&self) -> Result<Vec<RiskLevel>> {
        Ok(objects(self.0.many(store::RiskScale).await?))
    }

    /// The shared plan (kommungemensam internkontrollplan), which the municipality owns: the version in force, or the
    /// draft of the first. Null while there is none, and for those who read neither plans nor follow-ups.
    async fn shared_plan(&self) -> Result<Option<ControlPlan>> {
        Ok(self.0.one(store::SharedPlanOfYear).await?.map(Into::into))
    }

    /// The plans of departments that you can see, in the municipality's order, then committees' own: of each the
    /// version in force, or the draft of the first.
    #[graphql(complexity = "list_cost(expected::DEPARTMENTS, child_complexity)")]
    async fn department_plans(&self) -> Result<Vec<ControlPlan>> {
        Ok(objects(self.0.many(store::DepartmentPlansOfYear).await?))
    }

    /// What you may do with it now.
    #[graphql(complexity = "list_cost(expected::FEW, child_complexity)")]
    async fn can(&self) -> Result<Vec<Permission>> {
        let state = ControlYearState {
            year: (*self.0).clone(),
            occasions: self.0.many(store::OccasionsOfYear).await?.len(),
        };
        // No duties are separated here.
        Ok(permissions(self.0.reader(), &[], &ControlYearAct::ALL, &state))
    }

    /// Counts its changes, those of its scales too: what `expectedVersion` is compared with.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

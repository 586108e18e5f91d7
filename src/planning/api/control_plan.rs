use super::PlanPoint;
use crate::graphql::limits::{expected, list_cost};
use crate::{
    access::{Reader, visible_rows_by_id},
    database::StoreError,
    decisions::{Decision, DecisionsOfPlan},
    follow_up::CorrectiveAction,
    graphql::{Date, NodeKind, Result, Row, objects},
    organisation::{Committee, Department},
    planning::store,
    row_object,
};
use async_graphql::{ID, Object};
use entity::{ControlPlanStatus, ControlScope, control_plan};
use uuid::Uuid;

/// One version of an internal control plan (internkontrollplan). It belongs to a committee, which adopts it; a change
/// after that is a new version, which supersedes it.
#[derive(Clone)]
pub struct ControlPlan(Row<control_plan::Model>);

row_object!(ControlPlan(control_plan::Model), load: visible_plans);

async fn visible_plans(reader: &Reader, ids: Vec<Uuid>) -> Result<Vec<(Uuid, control_plan::Model)>, StoreError> {
    visible_rows_by_id::<control_plan::Entity>(reader, ids, store::visible_plans(reader)).await
}

/// One version of an internal control plan (internkontrollplan). It belongs to a committee, which adopts it; a change
/// after that is a new version, which supersedes it.
#[Object]
impl ControlPlan {
    /// Its global id.
    pub(crate) async fn id(&self) -> ID {
        NodeKind::ControlPlan.encode(self.0.id)
    }

    /// The calendar year of its control year.
    async fn year(&self) -> Result<i32> {
        Ok(self.0.must(store::YearOfPlan).await?.year)
    }

    /// Whether it is the year's shared plan, or one of a department or committee.
    async fn scope(&self) -> ControlScope {
        self.0.scope
    }

    /// The committee whose plan it is.
    async fn committee(&self) -> Result<Committee> {
        Ok(self.0.must(store::CommitteeOfPlan).await?.into())
    }

    /// The department that it is for; null for the shared plan and for a committee's own plan.
    async fn department(&self) -> Result<Option<Department>> {
        Ok(self.0.one(store::DepartmentOfPlan).await?.map(Into::into))
    }

    /// How far it has come.
    async fn status(&self) -> ControlPlanStatus {
        self.0.status
    }

    /// Which version of the plan it is, from 1.
    async fn plan_version(&self) -> i32 {
        self.0.plan_version
    }

    /// The first day that it holds; null until it is set or the plan is adopted.
    async fn valid_from(&self) -> Option<Date> {
        self.0.valid_from.map(Date)
    }

    /// The date of the committee's decision that adopted it; null until then.
    async fn adopted_on(&self) -> Option<Date> {
        self.0.adopted_on.map(Date)
    }

    /// Its points by number: the shared ones that apply to its department, and the department's own.
    #[graphql(complexity = "list_cost(expected::POINTS, child_complexity)")]
    async fn points(&self) -> Result<Vec<PlanPoint>> {
        Ok(objects(self.0.many(store::PointsOfPlan).await?))
    }

    /// The version that it supersedes; null for the first.
    async fn supersedes(&self) -> Result<Option<Self>> {
        Ok(self.0.one(store::OlderVersion).await?.map(Self))
    }

    /// The version that supersedes it, or will when it is adopted; null while there is none that you can see.
    async fn superseded_by(&self) -> Result<Option<Self>> {
        Ok(self.0.one(store::NewerVersion).await?.map(Self))
    }

    /// The actions that the plan itself decides (direktåtgärder), by the day that they are due.
    #[graphql(complexity = "list_cost(expected::EVIDENCE, child_complexity)")]
    async fn actions(&self) -> Result<Vec<CorrectiveAction>> {
        Ok(objects(self.0.many(store::ActionsOfPlan).await?))
    }

    /// What was proposed and decided about it, in the order in which it was recorded.
    #[graphql(complexity = "list_cost(expected::PAPERS, child_complexity)")]
    async fn decisions(&self) -> Result<Vec<Decision>> {
        Ok(objects(self.0.many(DecisionsOfPlan).await?))
    }

    /// Counts its changes, those of its points too: what `expectedVersion` is compared with.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

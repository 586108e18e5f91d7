use super::{ControlPoint, RiskLevel};
use crate::graphql::limits::{expected, list_cost};
use crate::{
    access::{Reader, visible_rows_by_id},
    database::StoreError,
    follow_up::CorrectiveAction,
    graphql::{NodeKind, Result, Row, objects},
    organisation::Department,
    planning::{rules::level_of, store},
    row_object,
};
use async_graphql::{ID, Object};
use entity::{RiskTreatment, risk};
use uuid::Uuid;

/// What may go wrong (risk), as judged in one year.
#[derive(Clone)]
pub struct Risk(Row<risk::Model>);

row_object!(Risk(risk::Model), load: visible_risks);

async fn visible_risks(reader: &Reader, ids: Vec<Uuid>) -> Result<Vec<(Uuid, risk::Model)>, StoreError> {
    visible_rows_by_id::<risk::Entity>(reader, ids, store::visible_risks(reader)).await
}

/// What may go wrong (risk), as judged in one year.
#[Object]
impl Risk {
    /// Its global id.
    pub(crate) async fn id(&self) -> ID {
        NodeKind::Risk.encode(self.0.id)
    }

    /// The calendar year of its control year.
    async fn year(&self) -> Result<i32> {
        Ok(self.0.must(store::YearOfRisk).await?.year)
    }

    /// The department whose risk it is; null when it is the whole municipality's.
    async fn department(&self) -> Result<Option<Department>> {
        Ok(self.0.one(store::DepartmentOfRisk).await?.map(Into::into))
    }

    /// What may go wrong.
    async fn description(&self) -> &str {
        &self.0.description
    }

    /// What sort of risk it is.
    async fn category(&self) -> Option<&String> {
        self.0.category.as_ref()
    }

    /// The process that it threatens.
    async fn process(&self) -> Option<&String> {
        self.0.process.as_ref()
    }

    /// The goal that it threatens.
    async fn goal(&self) -> Option<&String> {
        self.0.goal.as_ref()
    }

    /// How likely it is (sannolikhet), from 1 to the year's `riskMaximum`; null when it is unknown.
    async fn likelihood(&self) -> Option<i32> {
        self.0.likelihood
    }

    /// How bad it would be (konsekvens), from 1 to the year's `riskMaximum`; null when it is unknown.
    async fn consequence(&self) -> Option<i32> {
        self.0.consequence
    }

    /// The risk value (riskvärde): as stated, else likelihood times consequence. It may be known where those are not.
    async fn value(&self) -> Option<i32> {
        self.0.value
    }

    /// The level of the year's risk scale that the value reaches; null without a value, or below the lowest level.
    async fn level(&self) -> Result<Option<RiskLevel>> {
        let Some(value) = self.0.value else {
            return Ok(None);
        };
        let levels = self.0.many(store::LevelsOfRisk).await?;
        let reached = level_of(value, levels.iter().map(|level| &**level)).map(|level| level.id);
        let found = levels.into_iter().find(|level| Some(level.id) == reached);
        Ok(found.map(Into::into))
    }

    /// How it is met; null until that is decided.
    async fn treatment(&self) -> Option<RiskTreatment> {
        self.0.treatment
    }

    /// Why it was valued or treated so.
    async fn motive(&self) -> Option<&String> {
        self.0.motive.as_ref()
    }

    /// The same risk in an earlier year; null without one that you can see.
    async fn previous(&self) -> Result<Option<Self>> {
        Ok(self.0.one(store::PreviousRisk).await?.map(Self))
    }

    /// The control points that answer to it, those that you can see.
    #[graphql(complexity = "list_cost(expected::FEW, child_complexity)")]
    async fn points(&self) -> Result<Vec<ControlPoint>> {
        Ok(objects(self.0.many(store::PointsOfRisk).await?))
    }

    /// The actions that meet the risk directly, by the day that they are due.
    #[graphql(complexity = "list_cost(expected::EVIDENCE, child_complexity)")]
    async fn actions(&self) -> Result<Vec<CorrectiveAction>> {
        Ok(objects(self.0.many(store::ActionsOfRisk).await?))
    }

    /// Counts its changes: what `expectedVersion` is compared with.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

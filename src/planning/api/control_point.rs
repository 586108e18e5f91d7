use super::{Exemption, Risk};
use crate::graphql::limits::{expected, list_cost};
use crate::{
    access::{Reader, visible_rows_by_id},
    database::StoreError,
    follow_up::{FollowUp, FollowUpsOfPoint},
    graphql::{NodeKind, PartialDate, Result, Row, objects},
    organisation::Department,
    planning::store,
    row_object,
};
use async_graphql::{ID, Object};
use entity::{ControlScope, control_point};
use uuid::Uuid;

/// What is controlled in a year (kontrollpunkt, kontrollmoment). A shared one exists once, however many plans it is in.
#[derive(Clone)]
pub struct ControlPoint(Row<control_point::Model>);

row_object!(ControlPoint(control_point::Model), load: visible_points);

async fn visible_points(reader: &Reader, ids: Vec<Uuid>) -> Result<Vec<(Uuid, control_point::Model)>, StoreError> {
    visible_rows_by_id::<control_point::Entity>(reader, ids, store::visible_points(reader)).await
}

/// What is controlled in a year (kontrollpunkt, kontrollmoment). A shared one exists once, however many plans it is in.
#[Object]
impl ControlPoint {
    /// Its global id.
    pub(crate) async fn id(&self) -> ID {
        NodeKind::ControlPoint.encode(self.0.id)
    }

    /// The calendar year of its control year.
    async fn year(&self) -> Result<i32> {
        Ok(self.0.must(store::YearOfPoint).await?.year)
    }

    /// What is controlled.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// Whether all departments share it, or it is a department's or committee's own.
    async fn scope(&self) -> ControlScope {
        self.0.scope
    }

    /// The department whose own point it is; null for a shared one and for one of a committee's own plan.
    async fn department(&self) -> Result<Option<Department>> {
        Ok(self.0.one(store::DepartmentOfPoint).await?.map(Into::into))
    }

    /// The process that it belongs to.
    async fn process(&self) -> Option<&String> {
        self.0.process.as_ref()
    }

    /// Why it is controlled.
    async fn purpose(&self) -> Option<&String> {
        self.0.purpose.as_ref()
    }

    /// What the control covers (omfattning), in words.
    async fn scope_text(&self) -> Option<&String> {
        self.0.scope_text.as_ref()
    }

    /// How it is controlled.
    async fn method(&self) -> Option<&String> {
        self.0.method.as_ref()
    }

    /// How often or when: one or more frequencies or times. Empty when none is stated.
    async fn schedule(&self) -> &[String] {
        &self.0.schedule.0
    }

    /// The times in its year at which it is to be checked, the earliest first. Empty when none is planned.
    #[graphql(complexity = "list_cost(expected::FEW, child_complexity)")]
    async fn scheduled_times(&self) -> Result<Vec<PartialDate>> {
        let times = self.0.many(store::TimesOfPoint).await?;
        Ok(times
            .iter()
            .map(|time| PartialDate::stated(time.earliest, time.latest, &time.text))
            .collect())
    }

    /// The risks that it answers to, those that you can see.
    #[graphql(complexity = "list_cost(expected::FEW, child_complexity)")]
    async fn risks(&self) -> Result<Vec<Risk>> {
        Ok(objects(self.0.many(store::RisksOfPoint).await?))
    }

    /// The functions responsible for the control. Empty when none is stated.
    async fn responsible_functions(&self) -> &[String] {
        &self.0.responsible_functions.0
    }

    /// The same point in an earlier year; null without one that you can see.
    async fn previous(&self) -> Result<Option<Self>> {
        Ok(self.0.one(store::PreviousPoint).await?.map(Self))
    }

    /// The departments that a shared point does not apply to, in the municipality's order. Empty for those who do not
    /// read plans or follow-ups.
    #[graphql(complexity = "list_cost(expected::FEW, child_complexity)")]
    async fn exemptions(&self) -> Result<Vec<Exemption>> {
        Ok(objects(self.0.many(store::ExemptionsOfPoint).await?))
    }

    /// The departments' follow-ups of it that you can see, in the municipality's order of departments.
    #[graphql(complexity = "list_cost(expected::DEPARTMENTS, child_complexity)")]
    async fn follow_ups(
        &self,
        #[graphql(desc = "Only the one of the department with this code.")] department_code: Option<String>,
    ) -> Result<Vec<FollowUp>> {
        Ok(objects(self.0.many(FollowUpsOfPoint { department_code }).await?))
    }

    /// Counts its changes, those of its risks too: what `expectedVersion` is compared with.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

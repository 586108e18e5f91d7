use super::{Committee, DepartmentPeriod, DepartmentSuccession};
use crate::graphql::limits::{expected, list_cost};
use crate::{
    access::rows_by_id,
    graphql::{Date, NodeKind, RequestError, Result, Row, objects},
    organisation::store,
    planning::{ControlPlan, PlansOfDepartment, day_within, parse_year},
    reporting::{DepartmentReport, report_of_department},
    row_object,
};
use async_graphql::{ID, Object};
use entity::{DepartmentKind, department};

/// A unit of the administration (förvaltning, avdelning or enhet, kommunalt bolag) that carries out controls.
#[derive(Clone)]
pub struct Department(pub(super) Row<department::Model>);

row_object!(Department(department::Model), load: rows_by_id::<department::Entity>);

/// A unit of the administration (förvaltning, avdelning or enhet, kommunalt bolag) that carries out controls.
#[Object]
impl Department {
    /// Its global id.
    pub(crate) async fn id(&self) -> ID {
        NodeKind::Department.encode(self.0.id)
    }

    /// Its code, unique in the municipality, such as "KSF".
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Its name, such as "Kommunstyrelsens förvaltning".
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What kind of unit it is.
    async fn kind(&self) -> DepartmentKind {
        self.0.kind
    }

    /// The department that it is part of.
    async fn parent(&self) -> Result<Option<Self>> {
        Ok(self.0.one(store::ParentDepartment).await?.map(Self))
    }

    /// Its place in the municipality's order of departments, lower first.
    async fn position(&self) -> i32 {
        self.0.position
    }

    /// The committees that it answers to; a section's are those of the department that it is part of.
    #[graphql(complexity = "list_cost(expected::FEW, child_complexity)")]
    async fn committees(
        &self,
        #[graphql(desc = "On this day; left out: today.")] on: Option<Date>,
    ) -> Result<Vec<Committee>> {
        let day = on.map_or_else(|| self.0.reader().today(), |day| day.0);
        Ok(objects(self.0.many(store::CommitteesOn(day)).await?))
    }

    /// All the periods in which it has answered, answers or will answer to a committee.
    #[graphql(complexity = "list_cost(expected::FEW, child_complexity)")]
    async fn periods(&self) -> Result<Vec<DepartmentPeriod>> {
        Ok(objects(self.0.many(store::Periods).await?))
    }

    /// The departments that carry on its work, and from when.
    #[graphql(complexity = "list_cost(expected::FEW, child_complexity)")]
    async fn successors(&self) -> Result<Vec<DepartmentSuccession>> {
        Ok(objects(self.0.many(store::SuccessorsOf).await?))
    }

    /// The departments whose work it carries on, and from when.
    #[graphql(complexity = "list_cost(expected::FEW, child_complexity)")]
    async fn predecessors(&self) -> Result<Vec<DepartmentSuccession>> {
        Ok(objects(self.0.many(store::PredecessorsOf).await?))
    }

    /// Its control plan of a year: the version in force on a day or, while none has been adopted, the latest that you
    /// can see. Null without one.
    async fn control_plan(
        &self,
        #[graphql(desc = "The calendar year, 1900 to 2200.")] year: i32,
        #[graphql(
            desc = "The code of the committee whose plan it is. Needed only where the department answers to \
                          several: left out there, `BAD_REQUEST`."
        )]
        committee_code: Option<String>,
        #[graphql(desc = "In force on this day; left out: today or, where none is yet, the next.")] on: Option<Date>,
    ) -> Result<Option<ControlPlan>> {
        let year = parse_year(year)?;
        let on = on.map(|day| day.0);
        let today = self.0.reader().today();
        let named = committee_code.is_some();
        let several = !named && {
            let day = day_within(year, on.unwrap_or(today));
            self.0.many(store::CommitteesOn(day)).await?.len() > 1
        };
        let plans = PlansOfDepartment {
            year,
            committee_code,
            on,
            today: today.max(day_within(year, today)),
        };
        let plans = self.0.many(plans).await?;
        let of_several = plans
            .windows(2)
            .any(|pair| matches!(pair, [one, other] if one.committee_id != other.committee_id));
        if several || !named && of_several {
            return Err(
                RequestError::bad_request(message!("organisation-which-plan", department = self.0.name, year)).into(),
            );
        }
        Ok(plans.into_iter().next().map(Into::into))
    }

    /// Its report at an occasion; null when there is none that is visible to you.
    async fn report(
        &self,
        #[graphql(desc = "The control year, 1900 to 2200.")] year: i32,
        #[graphql(desc = "The reporting occasion's code; left out: the year's last, annual one.")] occasion: Option<
            String,
        >,
        #[graphql(desc = "The committee's code: only needed where the department reports to several committees.")]
        committee_code: Option<String>,
    ) -> Result<Option<DepartmentReport>> {
        report_of_department(&self.0, year, occasion, committee_code).await
    }

    /// Counts its changes: what `expectedVersion` is compared with.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

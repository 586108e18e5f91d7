use super::{Committee, DepartmentPeriod};
use crate::{
    access::rows_by_id,
    graphql::{Date, NodeKind, Result, Row, objects},
    organisation::store,
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
    async fn committees(
        &self,
        #[graphql(desc = "On this day; left out: today.")] on: Option<Date>,
    ) -> Result<Vec<Committee>> {
        let day = on.map_or_else(|| self.0.reader().today(), |day| day.0);
        Ok(objects(self.0.many(store::CommitteesOn(day)).await?))
    }

    /// All the periods in which it has answered, answers or will answer to a committee.
    async fn periods(&self) -> Result<Vec<DepartmentPeriod>> {
        Ok(objects(self.0.many(store::Periods).await?))
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

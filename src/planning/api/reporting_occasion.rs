use crate::{
    access::{Reader, visible_rows_by_id},
    database::StoreError,
    graphql::{Date, NodeKind, Row},
    planning::store,
    row_object,
};
use async_graphql::{ID, Object};
use entity::reporting_occasion;
use uuid::Uuid;

/// A time in the control year when departments report (uppföljningstillfälle): a half year, a tertial, the whole year.
#[derive(Clone)]
pub struct ReportingOccasion(Row<reporting_occasion::Model>);

row_object!(ReportingOccasion(reporting_occasion::Model), load: visible_occasions);

async fn visible_occasions(
    reader: &Reader,
    ids: Vec<Uuid>,
) -> Result<Vec<(Uuid, reporting_occasion::Model)>, StoreError> {
    visible_rows_by_id::<reporting_occasion::Entity>(reader, ids, store::visible_years(reader)).await
}

/// A time in the control year when departments report (uppföljningstillfälle): a half year, a tertial, the whole year.
#[Object]
impl ReportingOccasion {
    /// Its global id.
    pub(crate) async fn id(&self) -> ID {
        NodeKind::ReportingOccasion.encode(self.0.id)
    }

    /// Its code, unique in the year, such as "T1".
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// What it is called, such as "Tertial 1".
    async fn label(&self) -> &str {
        &self.0.label
    }

    /// Its place among the year's occasions, lower first. The last one is the annual one.
    async fn position(&self) -> i32 {
        self.0.position
    }

    /// The day that reports are due; null when none is set.
    async fn due_on(&self) -> Option<Date> {
        self.0.due_on.map(Date)
    }

    /// Counts its changes: what `expectedVersion` is compared with.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

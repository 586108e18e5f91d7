use crate::{
    graphql::{DateTime, NodeKind, Result, Row},
    organisation::{Department, User},
    planning::ReportingOccasion,
    reminders::store,
    row_object,
};
use async_graphql::{ID, Object};
use entity::reminder_request;

/// Reminders that the coordinator asked for: of all that is outstanding at an occasion, in one department or in all.
#[derive(Clone)]
pub struct ReminderRequest(Row<reminder_request::Model>);

row_object!(ReminderRequest(reminder_request::Model), load: store::visible_requests);

/// Reminders that the coordinator asked for: of all that is outstanding at an occasion, in one department or in all.
#[Object]
impl ReminderRequest {
    /// Its global id.
    pub(crate) async fn id(&self) -> ID {
        NodeKind::ReminderRequest.encode(self.0.id)
    }

    /// The reporting occasion.
    async fn occasion(&self) -> Result<ReportingOccasion> {
        Ok(self.0.must(store::OccasionOfRequest).await?.into())
    }

    /// The department; null for all.
    async fn department(&self) -> Result<Option<Department>> {
        Ok(self.0.one(store::DepartmentOfRequest).await?.map(Into::into))
    }

    /// Who asked.
    async fn requested_by(&self) -> Result<Option<User>> {
        Ok(self.0.one(store::AskerOfRequest).await?.map(Into::into))
    }

    /// When that was.
    async fn requested_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// How many reminders came of it; null while no server process has got to it.
    async fn reminders(&self) -> Option<i32> {
        self.0.reminders
    }
}

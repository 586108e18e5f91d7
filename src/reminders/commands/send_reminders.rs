use crate::{
    access::{Permit, Place, Right},
    graphql::NodeKind,
    planning::open_year,
    use_case::{Check, Failure, Problem, Transaction, UseCase},
};
use async_graphql::{ID, InputObject};
use entity::{department, reminder_request, reporting_occasion};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

/// Reminders of what is outstanding at an occasion, to be sent now to those who have to do it.
#[derive(Clone, Debug, InputObject)]
pub struct SendRemindersInput {
    /// The reporting occasion, of a year that is not closed.
    pub occasion_id: ID,
    /// The department, its sections included; left out for all.
    pub department_id: Option<ID>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for SendRemindersInput {
    const NAME: &'static str = "sendReminders";
    type Subject = ();

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, ()), Failure> {
        Ok((tx.permit(Right::ReminderSend, Place::Municipality)?, ()))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, (): ()) -> Result<Uuid, Failure> {
        let mut check = Check::new();
        let occasion_id = check.id("occasionId", NodeKind::ReportingOccasion, &self.occasion_id);
        let department_id = check.optional_id("departmentId", NodeKind::Department, self.department_id.as_ref());
        check
            .exists::<department::Entity>(tx, "departmentId", department_id, NodeKind::Department)
            .await?;
        let occasion = tx.reader().by_id::<reporting_occasion::Entity>(occasion_id).await?;
        check.require(occasion.is_some() || occasion_id.is_nil(), || {
            Problem::not_found("occasionId", NodeKind::ReportingOccasion)
        });
        check.finish()?;
        if let Some(occasion) = occasion {
            open_year(tx, occasion.control_year_id).await?;
        }
        let row = reminder_request::ActiveModel {
            municipality_id: Set(permit.municipality_id()),
            id: Set(Uuid::now_v7()),
            occasion_id: Set(occasion_id),
            department_id: Set(department_id),
            requested_by: Set(tx.user_id()),
            reminders: Set(None),
            created_at: Set(tx.now()),
        };
        Ok(tx.insert(&permit, row).await?.id)
    }
}

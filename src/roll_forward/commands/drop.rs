use super::acceptance::proposal;
use crate::{
    access::Permit,
    planning::open_year,
    roll_forward::rules::{deciding, refuse_decided},
    use_case::{Check, Failure, LONG_TEXT, Transaction, UseCase, expect_version},
};
use async_graphql::{ID, InputObject};
use entity::{CarryOverStatus, carry_over};
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use uuid::Uuid;

/// Something of the year before that stays there.
#[derive(Clone, Debug, InputObject)]
pub struct DropCarryOverInput {
    /// What is proposed to come along.
    pub id: ID,
    /// The version that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// Why it does not come along.
    pub reason: String,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for DropCarryOverInput {
    const NAME: &'static str = "dropCarryOver";
    type Subject = carry_over::Model;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, carry_over::Model), Failure> {
        let row = proposal(tx, &self.id).await?;
        let (right, place) = deciding(row.kind, row.department_id);
        Ok((tx.permit(right, place)?, row))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, row: carry_over::Model) -> Result<Uuid, Failure> {
        expect_version(&row, self.expected_version)?;
        open_year(tx, row.control_year_id).await?;
        refuse_decided(row.status, CarryOverStatus::Dropped)?;
        let mut check = Check::new();
        check.text("reason", &self.reason, LONG_TEXT);
        check.finish()?;
        let mut change = row.clone().into_active_model();
        change.status = Set(CarryOverStatus::Dropped);
        change.reason = Set(Some(self.reason));
        change.decided_by = Set(tx.user_id());
        change.decided_at = Set(Some(tx.now()));
        Ok(tx.update(&permit, row, change).await?.id)
    }
}

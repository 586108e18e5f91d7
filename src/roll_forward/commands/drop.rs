use super::acceptance::{proposal, readable_sources};
use crate::{
    access::Permit,
    graphql::NodeKind,
    planning::open_year,
    roll_forward::rules::{belonging_to, deciding, refuse_decided, source_of},
    use_case::{Check, Failure, LONG_TEXT, Problem, Transaction, UseCase, expect_version},
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
        let permit = dropping(tx, &row)?;
        // What is withheld is decided on by those who can read it.
        let readable = readable_sources(tx, std::iter::once(&row)).await?;
        if !source_of(&row).is_some_and(|id| readable.contains(&id)) {
            return Err(Problem::not_found("id", NodeKind::CarryOver).into());
        }
        Ok((permit, row))
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

/// Leave to drop something: for who decides on it where it belongs so far, and for the coordinator while nobody has said
/// where it lands.
fn dropping(tx: &Transaction, row: &carry_over::Model) -> Result<Permit, Failure> {
    let (right, place) = deciding(row.kind, belonging_to(row));
    let permit = tx.permit(right, place);
    if permit.is_ok() || row.department_id.is_some() {
        return permit;
    }
    let (right, place) = deciding(row.kind, None);
    tx.permit(right, place)
}

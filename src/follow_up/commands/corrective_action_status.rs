use super::{action_origin::ActionOrigin, came_along::refuse_carried_action, subject};
use crate::{
    access::Permit,
    follow_up::{
        rules::{
            LifeCycle, action_step_needs_reason, failed_verification, refuse_wrong_reason, refuse_wrong_time_done,
        },
        store,
    },
    graphql::{PartialDateColumns, PartialDateInput},
    use_case::{Check, Duties, Failure, Transaction, UseCase, expect_version},
};
use async_graphql::{ID, InputObject};
use entity::{CorrectiveActionStatus, corrective_action};
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use uuid::Uuid;

/// A step in an action's life: PLANNED, ONGOING, DONE, VERIFIED, or CANCELLED from one of the first two. It is
/// possible in a closed year too.
#[derive(Clone, Debug, InputObject)]
pub struct ChangeCorrectiveActionStatusInput {
    /// The action.
    pub id: ID,
    /// The version that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// The status that it gets. VERIFIED, and ONGOING when verifying it failed, are for somebody else than who carried it
    /// out.
    pub to: CorrectiveActionStatus,
    /// When it was done: needed for DONE, otherwise left out.
    pub done_on: Option<PartialDateInput>,
    /// Why: needed for CANCELLED, and for ONGOING when verifying it failed; otherwise left out.
    pub reason: Option<String>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for ChangeCorrectiveActionStatusInput {
    const NAME: &'static str = "changeCorrectiveActionStatus";
    type Subject = corrective_action::Model;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, corrective_action::Model), Failure> {
        let action = subject::action(tx, "id", &self.id).await?;
        let origin = ActionOrigin::of(tx, &action).await?;
        let verified = self.to == CorrectiveActionStatus::Verified || failed_verification(action.status, self.to);
        let (right, place) = if verified {
            origin.verified_with()
        } else {
            origin.written_with()
        };
        Ok((tx.permit(right, place)?, action))
    }

    async fn perform(
        self,
        tx: &mut Transaction,
        permit: Permit,
        action: corrective_action::Model,
    ) -> Result<Uuid, Failure> {
        expect_version(&action, self.expected_version)?;
        refuse_carried_action(tx, "id", action.id).await?;
        let (from, to) = (action.status, self.to);
        from.refuse_unless_followed_by("to", to)?;
        let mut check = Check::new();
        refuse_wrong_reason(&mut check, action_step_needs_reason(from, to), self.reason.as_ref());
        refuse_wrong_time_done(&mut check, to, self.done_on.is_some());
        check.past_time("doneOn", self.done_on.as_ref(), tx.today());
        check.finish()?;
        let mut change = action.clone().into_active_model();
        change.status = Set(to);
        match to {
            CorrectiveActionStatus::Done => {
                let time = PartialDateColumns::from(self.done_on);
                change.done_earliest = time.earliest;
                change.done_latest = time.latest;
                change.done_text = time.text;
                change.done_by = Set(tx.user_id());
            }
            CorrectiveActionStatus::Verified => {
                refuse_own(tx, &action).await?;
                change.verified_by = Set(tx.user_id());
            }
            CorrectiveActionStatus::Cancelled => change.cancelled_reason = Set(self.reason),
            CorrectiveActionStatus::Ongoing if failed_verification(from, to) => {
                refuse_own(tx, &action).await?;
                change.done_earliest = Set(None);
                change.done_latest = Set(None);
                change.done_text = Set(None);
                change.done_by = Set(None);
                change.reopened_reason = Set(self.reason);
            }
            CorrectiveActionStatus::Ongoing | CorrectiveActionStatus::Planned => {}
        }
        Ok(tx.update(&permit, action, change).await?.id)
    }
}

/// Whether it was done is said by somebody else than who did it, in this year or in one that it comes from.
async fn refuse_own(tx: &Transaction, action: &corrective_action::Model) -> Result<(), Failure> {
    let those = store::hands_on_action(tx.reader(), action).await?;
    tx.separate(Duties::CarryOutAndVerify, &those).await
}

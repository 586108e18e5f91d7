use super::{came_along::refuse_carried_finding, subject};
use crate::{
    access::{Permit, Right},
    follow_up::{
        rules::{LifeCycle, finding_step_needs_reason, refuse_wrong_reason},
        store::{self, FollowUpRow},
    },
    graphql::NodeKind,
    planning::open_year,
    use_case::{Check, Duties, Failure, Problem, ProblemKind, Transaction, UseCase, expect_version},
};
use async_graphql::{ID, InputObject};
use entity::{CorrectiveActionStatus, FindingStatus, corrective_action, finding};
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use uuid::Uuid;

/// A step in a finding's life: OPEN, ACTION_PLANNED, RESOLVED, VERIFIED, or ACCEPTED from one of the first two.
#[derive(Clone, Debug, InputObject)]
pub struct ChangeFindingStatusInput {
    /// The finding.
    pub id: ID,
    /// The version that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// The status that it gets. ACTION_PLANNED needs an action on the finding that is not cancelled. ACCEPTED is the
    /// department head's. VERIFIED, and OPEN when verifying it failed, are for somebody who neither resolved it nor
    /// carried out one of its actions.
    pub to: FindingStatus,
    /// Why: needed for ACCEPTED, and for OPEN when verifying it failed; otherwise left out.
    pub reason: Option<String>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for ChangeFindingStatusInput {
    const NAME: &'static str = "changeFindingStatus";
    type Subject = (finding::Model, FollowUpRow);

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, Self::Subject), Failure> {
        let (row, follow_up) = subject::evidence::<finding::Entity>(tx, NodeKind::Finding, "id", &self.id).await?;
        let permit = match self.to {
            FindingStatus::Accepted => tx.permit(Right::FindingAccept, follow_up.department())?,
            FindingStatus::Verified | FindingStatus::Open => tx.permit(Right::FindingVerify, follow_up.place())?,
            FindingStatus::ActionPlanned | FindingStatus::Resolved => {
                tx.permit(Right::EvidenceWrite, follow_up.place())?
            }
        };
        Ok((permit, (row, follow_up)))
    }

    async fn perform(
        self,
        tx: &mut Transaction,
        permit: Permit,
        (row, follow_up): Self::Subject,
    ) -> Result<Uuid, Failure> {
        expect_version(&row, self.expected_version)?;
        refuse_carried_finding(tx, "id", row.id).await?;
        open_year(tx, follow_up.follow_up.control_year_id).await?;
        row.status.refuse_unless_followed_by("to", self.to)?;
        let mut check = Check::new();
        let needs_reason = finding_step_needs_reason(row.status, self.to);
        refuse_wrong_reason(&mut check, needs_reason, self.reason.as_ref());
        check.finish()?;
        let actor = tx.user_id();
        let mut change = row.clone().into_active_model();
        change.status = Set(self.to);
        match self.to {
            FindingStatus::ActionPlanned => refuse_no_plan(&store::actions_of_finding(tx.reader(), row.id).await?)?,
            FindingStatus::Resolved => change.resolved_by = Set(actor),
            FindingStatus::Verified => {
                refuse_own(tx, &row).await?;
                change.verified_by = Set(actor);
            }
            FindingStatus::Open => {
                refuse_own(tx, &row).await?;
                change.resolved_by = Set(None);
                change.reopened_reason = Set(self.reason);
            }
            FindingStatus::Accepted => {
                change.accepted_by = Set(actor);
                change.accepted_reason = Set(self.reason);
            }
        }
        Ok(tx.update(&permit, row, change).await?.id)
    }
}

/// Whether it was mended is said by somebody else than who mended it, in this year or in one that it comes from.
async fn refuse_own(tx: &Transaction, row: &finding::Model) -> Result<(), Failure> {
    let those = store::hands_on_finding(tx.reader(), row).await?;
    tx.separate(Duties::ResolveAndVerify, &those).await
}

fn refuse_no_plan(actions: &[corrective_action::Model]) -> Result<(), Problem> {
    if actions
        .iter()
        .any(|action| action.status != CorrectiveActionStatus::Cancelled)
    {
        return Ok(());
    }
    let missing = message!("follow-up-missing-action");
    Err(Problem::new(
        ProblemKind::Incomplete { missing: vec![missing] },
        "to",
        message!("follow-up-no-action"),
    ))
}

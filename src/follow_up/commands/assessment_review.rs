use super::subject;
use crate::{
    access::Permit,
    follow_up::rules::assessment::{AssessmentAct, AssessmentState},
    use_case::{Act, Check, Failure, LONG_TEXT, Transaction, UseCase, expect_version},
};
use async_graphql::{ID, InputObject};
use entity::FollowUpStatus;
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use uuid::Uuid;

/// An assessment that was made by somebody else, reviewed and found right.
#[derive(Clone, Debug, InputObject)]
pub struct ReviewAssessmentInput {
    /// The assessment, which is assessed.
    pub id: ID,
    /// The version that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for ReviewAssessmentInput {
    const NAME: &'static str = "reviewAssessment";
    type Subject = AssessmentState;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, Self::Subject), Failure> {
        let state = subject::assessment(tx, "id", &self.id).await?;
        Ok((AssessmentAct::Review.permit(tx, &state)?, state))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, state: AssessmentState) -> Result<Uuid, Failure> {
        expect_version(&state.assessment, self.expected_version)?;
        AssessmentAct::Review.refuse(tx, &state).await?;
        let row = state.assessment;
        let mut change = row.clone().into_active_model();
        change.status = Set(FollowUpStatus::Reviewed);
        change.reviewed_by = Set(tx.user_id());
        change.reviewed_at = Set(Some(tx.now()));
        Ok(tx.update(&permit, row, change).await?.id)
    }
}

/// An assessment that its reviewer sends back to be made anew.
#[derive(Clone, Debug, InputObject)]
pub struct SendBackAssessmentInput {
    /// The assessment, which is assessed.
    pub id: ID,
    /// The version that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// Why.
    pub reason: String,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for SendBackAssessmentInput {
    const NAME: &'static str = "sendBackAssessment";
    type Subject = AssessmentState;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, Self::Subject), Failure> {
        let state = subject::assessment(tx, "id", &self.id).await?;
        Ok((AssessmentAct::SendBack.permit(tx, &state)?, state))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, state: AssessmentState) -> Result<Uuid, Failure> {
        expect_version(&state.assessment, self.expected_version)?;
        AssessmentAct::SendBack.refuse(tx, &state).await?;
        let row = state.assessment;
        let mut check = Check::new();
        check.text("reason", &self.reason, LONG_TEXT);
        check.finish()?;
        let mut change = row.clone().into_active_model();
        change.status = Set(FollowUpStatus::InProgress);
        change.assessed_by = Set(None);
        change.assessed_at = Set(None);
        change.sent_back_reason = Set(Some(self.reason));
        Ok(tx.update(&permit, row, change).await?.id)
    }
}

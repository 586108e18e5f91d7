use super::subject;
use crate::{
    access::{Permit, Right},
    follow_up::{rules::LifeCycle, store::FollowUpRow},
    graphql::NodeKind,
    planning::open_year,
    use_case::{Check, Duties, Failure, LONG_TEXT, Transaction, UseCase, expect_version},
};
use async_graphql::{ID, InputObject};
use entity::{FollowUpStatus, assessment};
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
    type Subject = (assessment::Model, FollowUpRow);

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, Self::Subject), Failure> {
        reviewed(tx, &self.id).await
    }

    async fn perform(
        self,
        tx: &mut Transaction,
        permit: Permit,
        (row, follow_up): Self::Subject,
    ) -> Result<Uuid, Failure> {
        expect_version(&row, self.expected_version)?;
        open_year(tx, follow_up.follow_up.control_year_id).await?;
        row.status.refuse_unless_followed_by("id", FollowUpStatus::Reviewed)?;
        tx.separate(Duties::AssessAndReview, &[row.assessed_by]).await?;
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
    type Subject = (assessment::Model, FollowUpRow);

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, Self::Subject), Failure> {
        reviewed(tx, &self.id).await
    }

    async fn perform(
        self,
        tx: &mut Transaction,
        permit: Permit,
        (row, follow_up): Self::Subject,
    ) -> Result<Uuid, Failure> {
        expect_version(&row, self.expected_version)?;
        open_year(tx, follow_up.follow_up.control_year_id).await?;
        row.status.refuse_unless_followed_by("id", FollowUpStatus::InProgress)?;
        tx.separate(Duties::AssessAndReview, &[row.assessed_by]).await?;
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

/// The assessment that somebody wants to review, and leave to.
async fn reviewed(tx: &Transaction, id: &ID) -> Result<(Permit, (assessment::Model, FollowUpRow)), Failure> {
    let (row, follow_up) = subject::evidence::<assessment::Entity>(tx, NodeKind::Assessment, "id", id).await?;
    let permit = tx.permit(Right::AssessmentReview, follow_up.department())?;
    Ok((permit, (row, follow_up)))
}

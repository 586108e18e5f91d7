use super::{
    joint_report::{subject, written},
    proposes_own,
};
use crate::{
    access::{Permit, Place, Right},
    planning::open_year,
    reporting::{
        frozen::{content_hash, to_stored},
        rules::{refuse_incomplete_joint, refuse_republication, refuse_step},
        store,
    },
    use_case::{Failure, Transaction, UseCase, expect_version},
};
use async_graphql::{ID, InputObject};
use entity::{ReportStatus, joint_report};
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use uuid::Uuid;

/// Submits a joint report: from then on its content is frozen and hashed.
#[derive(Clone, Debug, InputObject)]
pub struct SubmitJointReportInput {
    /// The joint report, which is a draft.
    pub id: ID,
    /// The version that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for SubmitJointReportInput {
    const NAME: &'static str = "submitJointReport";
    type Subject = joint_report::Model;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, joint_report::Model), Failure> {
        written(tx, "id", &self.id).await
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, report: joint_report::Model) -> Result<Uuid, Failure> {
        expect_version(&report, self.expected_version)?;
        refuse_step("id", report.status, ReportStatus::Submitted)?;
        open_year(tx, report.control_year_id).await?;
        let gaps = store::joint_gaps(tx.reader(), report.id).await?;
        let explained: Vec<Uuid> = gaps.iter().map(|gap| gap.department_id).collect();
        let mut content = store::joint_content(tx.reader(), &report, gaps).await?;
        refuse_incomplete_joint(content.frozen.points.len(), &content.unreported, &explained)?;
        // What was explained and has been reported after all is no gap.
        content
            .frozen
            .gaps
            .retain(|gap| content.unreported.iter().any(|of| of.code == gap.department.code));
        let stored = to_stored(&content.frozen)?;
        let mut change = report.clone().into_active_model();
        change.status = Set(ReportStatus::Submitted);
        change.content_hash = Set(Some(content_hash(&stored)?));
        change.frozen = Set(Some(stored));
        change.submitted_by = Set(tx.user_id());
        change.submitted_at = Set(Some(tx.now()));
        Ok(tx.update(&permit, report, change).await?.id)
    }
}

/// Lays a submitted joint report before the executive board.
#[derive(Clone, Debug, InputObject)]
pub struct ProposeJointReportInput {
    /// The joint report, which is submitted.
    pub id: ID,
    /// The version that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for ProposeJointReportInput {
    const NAME: &'static str = "proposeJointReport";
    type Subject = joint_report::Model;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, joint_report::Model), Failure> {
        let report = subject(tx, "id", &self.id).await?;
        let place = Place::Department(report.department_id);
        Ok((tx.permit(Right::DepartmentReportPropose, place)?, report))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, report: joint_report::Model) -> Result<Uuid, Failure> {
        expect_version(&report, self.expected_version)?;
        refuse_step("id", report.status, ReportStatus::Proposed)?;
        open_year(tx, report.control_year_id).await?;
        let authors = store::joint_authors(tx.reader(), report.id).await?;
        let by_author = proposes_own(tx, authors, Place::Department(report.department_id)).await?;
        let mut change = report.clone().into_active_model();
        change.status = Set(ReportStatus::Proposed);
        change.proposed_by_author = Set(by_author);
        change.proposed_by = Set(tx.user_id());
        Ok(tx.update(&permit, report, change).await?.id)
    }
}

/// Makes a joint report that was referred back a draft again: it is no longer frozen, and has no hash until it is
/// submitted anew.
#[derive(Clone, Debug, InputObject)]
pub struct ReopenJointReportInput {
    /// The joint report, which was referred back.
    pub id: ID,
    /// The version that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for ReopenJointReportInput {
    const NAME: &'static str = "reopenJointReport";
    type Subject = joint_report::Model;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, joint_report::Model), Failure> {
        written(tx, "id", &self.id).await
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, report: joint_report::Model) -> Result<Uuid, Failure> {
        expect_version(&report, self.expected_version)?;
        refuse_step("id", report.status, ReportStatus::Draft)?;
        open_year(tx, report.control_year_id).await?;
        let mut change = report.clone().into_active_model();
        change.status = Set(ReportStatus::Draft);
        change.frozen = Set(None);
        change.content_hash = Set(None);
        change.submitted_by = Set(None);
        change.submitted_at = Set(None);
        change.proposed_by = Set(None);
        change.proposed_by_author = Set(false);
        Ok(tx.update(&permit, report, change).await?.id)
    }
}

/// Releases a decided joint report to the public, once.
#[derive(Clone, Debug, InputObject)]
pub struct PublishJointReportInput {
    /// The joint report, which the executive board has decided on.
    pub id: ID,
    /// The version that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for PublishJointReportInput {
    const NAME: &'static str = "publishJointReport";
    type Subject = joint_report::Model;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, joint_report::Model), Failure> {
        let report = subject(tx, "id", &self.id).await?;
        let place = Place::Department(report.department_id);
        Ok((tx.permit(Right::DepartmentReportPublish, place)?, report))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, report: joint_report::Model) -> Result<Uuid, Failure> {
        expect_version(&report, self.expected_version)?;
        refuse_republication(report.status, report.published_at.is_some())?;
        let mut change = report.clone().into_active_model();
        change.published_at = Set(Some(tx.now()));
        change.published_by = Set(tx.user_id());
        Ok(tx.update(&permit, report, change).await?.id)
    }
}

use super::{proposes_own, subject};
use crate::{
    access::{Permit, Place, Right},
    database::StoreError,
    planning::open_year,
    reporting::{
        frozen::{FrozenGap, content_hash, to_stored},
        rules::{PlannedPoint, refuse_incomplete, refuse_republication, refuse_step},
        store,
    },
    use_case::{Failure, Transaction, UseCase, expect_version},
};
use async_graphql::{ID, InputObject};
use entity::{ReportStatus, department_report};
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use uuid::Uuid;

/// Submits a report: from then on its content is frozen and hashed.
#[derive(Clone, Debug, InputObject)]
pub struct SubmitDepartmentReportInput {
    /// The report, which is a draft.
    pub id: ID,
    /// The version that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for SubmitDepartmentReportInput {
    const NAME: &'static str = "submitDepartmentReport";
    type Subject = department_report::Model;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, department_report::Model), Failure> {
        let report = subject(tx, "id", &self.id).await?;
        let permit = tx.permit(Right::DepartmentReportSubmit, Place::Department(report.department_id))?;
        Ok((permit, report))
    }

    async fn perform(
        self,
        tx: &mut Transaction,
        permit: Permit,
        report: department_report::Model,
    ) -> Result<Uuid, Failure> {
        expect_version(&report, self.expected_version)?;
        refuse_step("id", report.status, ReportStatus::Submitted)?;
        open_year(tx, report.control_year_id).await?;
        let points: Vec<PlannedPoint> = store::planned_points(tx.reader(), &report)
            .await?
            .into_iter()
            .map(|(_, point)| point)
            .collect();
        refuse_incomplete(&points)?;
        let row = store::reports_by_id(tx.reader(), vec![report.id]).await?;
        let (_, row) = row
            .into_iter()
            .next()
            .ok_or_else(|| StoreError::Content("the report refers to rows that are not there".to_owned()))?;
        let content = store::frozen_content(tx.reader(), &row, gaps(points), tx.today()).await?;
        let stored = to_stored(&content)?;
        let mut change = report.clone().into_active_model();
        change.status = Set(ReportStatus::Submitted);
        change.content_hash = Set(Some(content_hash(&stored)?));
        change.frozen = Set(Some(stored));
        change.submitted_by = Set(tx.user_id());
        change.submitted_at = Set(Some(tx.now()));
        Ok(tx.update(&permit, report, change).await?.id)
    }
}

/// The points that are reported without a reviewed assessment.
fn gaps(points: Vec<PlannedPoint>) -> Vec<FrozenGap> {
    points
        .into_iter()
        .filter(PlannedPoint::is_unreviewed)
        .filter_map(|point| {
            Some(FrozenGap {
                number: point.number,
                title: point.title,
                explanation: point.explanation?,
            })
        })
        .collect()
}

/// Lays a submitted report before its committee.
#[derive(Clone, Debug, InputObject)]
pub struct ProposeDepartmentReportInput {
    /// The report, which is submitted.
    pub id: ID,
    /// The version that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for ProposeDepartmentReportInput {
    const NAME: &'static str = "proposeDepartmentReport";
    type Subject = department_report::Model;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, department_report::Model), Failure> {
        let report = subject(tx, "id", &self.id).await?;
        let permit = tx.permit(Right::DepartmentReportPropose, Place::Department(report.department_id))?;
        Ok((permit, report))
    }

    async fn perform(
        self,
        tx: &mut Transaction,
        permit: Permit,
        report: department_report::Model,
    ) -> Result<Uuid, Failure> {
        expect_version(&report, self.expected_version)?;
        refuse_step("id", report.status, ReportStatus::Proposed)?;
        open_year(tx, report.control_year_id).await?;
        let authors = store::authors(tx.reader(), report.id).await?;
        let by_author = proposes_own(tx, authors, Place::Department(report.department_id)).await?;
        let mut change = report.clone().into_active_model();
        change.status = Set(ReportStatus::Proposed);
        change.proposed_by_author = Set(by_author);
        change.proposed_by = Set(tx.user_id());
        Ok(tx.update(&permit, report, change).await?.id)
    }
}

/// Makes a report that was referred back a draft again: it is no longer frozen, and has no hash until it is submitted
/// anew.
#[derive(Clone, Debug, InputObject)]
pub struct ReopenDepartmentReportInput {
    /// The report, which was referred back.
    pub id: ID,
    /// The version that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for ReopenDepartmentReportInput {
    const NAME: &'static str = "reopenDepartmentReport";
    type Subject = department_report::Model;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, department_report::Model), Failure> {
        let report = subject(tx, "id", &self.id).await?;
        let permit = tx.permit(Right::DepartmentReportWrite, Place::Department(report.department_id))?;
        Ok((permit, report))
    }

    async fn perform(
        self,
        tx: &mut Transaction,
        permit: Permit,
        report: department_report::Model,
    ) -> Result<Uuid, Failure> {
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

/// Releases a decided report to the public, once.
#[derive(Clone, Debug, InputObject)]
pub struct PublishDepartmentReportInput {
    /// The report, which its committee has decided on.
    pub id: ID,
    /// The version that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for PublishDepartmentReportInput {
    const NAME: &'static str = "publishDepartmentReport";
    type Subject = department_report::Model;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, department_report::Model), Failure> {
        let report = subject(tx, "id", &self.id).await?;
        let permit = tx.permit(Right::DepartmentReportPublish, Place::Department(report.department_id))?;
        Ok((permit, report))
    }

    async fn perform(
        self,
        tx: &mut Transaction,
        permit: Permit,
        report: department_report::Model,
    ) -> Result<Uuid, Failure> {
        expect_version(&report, self.expected_version)?;
        refuse_republication(report.status, report.published_at.is_some())?;
        let mut change = report.clone().into_active_model();
        change.published_at = Set(Some(tx.now()));
        change.published_by = Set(tx.user_id());
        Ok(tx.update(&permit, report, change).await?.id)
    }
}

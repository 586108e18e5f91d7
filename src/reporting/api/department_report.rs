use super::ReportGap;
use crate::graphql::limits::{expected, list_cost};
use crate::{
    decisions::{CaseFile, Decision, DecisionsOfReport, Document, DocumentsOfReport, Recipient},
    follow_up::FollowUp,
    graphql::{Date, DateTime, NodeKind, Result, Row, objects},
    organisation::{Committee, Department},
    planning::ReportingOccasion,
    reporting::{
        frozen::FrozenReport,
        store::{FollowUpsOfReport, FrozenOf, GapsOfReport, ReportRow, reports_by_id},
    },
    row_object,
};
use async_graphql::{ID, Object};
use entity::ReportStatus;

/// A department's report (slutredovisning) to its committee, of its work on the points of its plan at an occasion.
#[derive(Clone)]
pub struct DepartmentReport(Row<ReportRow>);

row_object!(DepartmentReport(ReportRow), load: reports_by_id);

/// A department's report (slutredovisning) to its committee, of its work on the points of its plan at an occasion.
#[Object]
impl DepartmentReport {
    /// Its global id.
    pub(crate) async fn id(&self) -> ID {
        NodeKind::DepartmentReport.encode(self.0.report.id)
    }

    /// The department that reports.
    async fn department(&self) -> Department {
        self.0.part(|row| row.department.clone()).into()
    }

    /// The control year.
    async fn year(&self) -> i32 {
        self.0.year.year
    }

    /// The occasion that it reports at.
    async fn occasion(&self) -> ReportingOccasion {
        self.0.part(|row| row.occasion.clone()).into()
    }

    /// How far it has come.
    async fn status(&self) -> ReportStatus {
        self.0.report.status
    }

    /// Its title.
    async fn title(&self) -> &str {
        &self.0.report.title
    }

    /// The date that it bears.
    async fn dated(&self) -> Option<Date> {
        self.0.report.dated.map(Date)
    }

    /// The background.
    async fn background(&self) -> Option<&String> {
        self.0.report.background.as_ref()
    }

    /// The summary.
    async fn summary(&self) -> Option<&String> {
        self.0.report.summary.as_ref()
    }

    /// The committee that it is for.
    async fn committee(&self) -> Committee {
        self.0.part(|row| row.committee.clone()).into()
    }

    /// The department's follow-ups in the order of its plan, shared points and its own, as they are now. Who sees them
    /// through the report alone sees of them the reviewed assessments, and what was registered when it was submitted.
    #[graphql(complexity = "list_cost(expected::POINTS, child_complexity)")]
    async fn follow_ups(&self) -> Result<Vec<FollowUp>> {
        Ok(objects(self.0.many(FollowUpsOfReport).await?))
    }

    /// What it explains instead of reporting, while it is a draft, in the order in which it was first explained. Empty
    /// once it is submitted: what was needed of it then is in `frozen`.
    #[graphql(complexity = "list_cost(expected::FEW, child_complexity)")]
    async fn gaps(&self) -> Result<Vec<ReportGap>> {
        Ok(objects(self.0.many(GapsOfReport).await?))
    }

    /// The report as it was submitted: the same shapes without ids. Null before. What was marked confidential later is
    /// withheld here too.
    async fn frozen(&self) -> Result<Option<FrozenReport>> {
        let frozen = self.0.one(FrozenOf).await?;
        Ok(frozen.map(|frozen| FrozenReport::clone(&frozen)))
    }

    /// Its case in the registry.
    async fn case(&self) -> Option<CaseFile> {
        self.0.optional_part(|row| row.case.clone()).map(Into::into)
    }

    /// What was proposed and decided about it, in the order in which it was recorded.
    #[graphql(complexity = "list_cost(expected::PAPERS, child_complexity)")]
    async fn decisions(&self) -> Result<Vec<Decision>> {
        Ok(objects(self.0.many(DecisionsOfReport).await?))
    }

    /// Its documents, and those of its case that belong to no other report, in the order in which they were recorded.
    #[graphql(complexity = "list_cost(expected::PAPERS, child_complexity)")]
    async fn documents(&self) -> Result<Vec<Document>> {
        Ok(objects(self.0.many(DocumentsOfReport).await?))
    }

    /// Who its decisions are sent to, each once, in the order of the decisions; not by records that were corrected.
    #[graphql(complexity = "list_cost(expected::FEW, child_complexity)")]
    async fn recipients(&self) -> Result<Vec<Recipient>> {
        let decisions = self.0.many(DecisionsOfReport).await?;
        Ok(Recipient::distinct(decisions.iter().map(|row| &**row)))
    }

    /// Whether it was proposed by somebody who had written on it: the municipality's policy may let them. Null before it
    /// is proposed.
    async fn proposed_by_author(&self) -> Option<bool> {
        self.0.report.proposed_by?;
        Some(self.0.report.proposed_by_author)
    }

    /// SHA-256 of the whole frozen content as RFC 8785 JSON, in hexadecimal: what a decision is bound to. Null before
    /// the report is submitted.
    async fn content_hash(&self) -> Option<&String> {
        self.0.report.content_hash.as_ref()
    }

    /// When it was released to the public; null before.
    async fn published_at(&self) -> Option<DateTime> {
        self.0.report.published_at.map(DateTime)
    }

    /// Counts its changes: what `expectedVersion` is compared with.
    async fn version(&self) -> i32 {
        self.0.report.version
    }
}

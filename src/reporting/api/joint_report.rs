use super::JointFollowUp;
use crate::graphql::limits::{expected, list_cost};
use crate::{
    decisions::{CaseFile, Decision, DecisionsOfJointReport, Document, DocumentsOfCase, Recipient},
    graphql::{Date, DateTime, NodeKind, Result, Row, objects},
    organisation::{Committee, Department},
    planning::ReportingOccasion,
    reporting::{frozen::FrozenJointReport, store},
    row_object,
};
use async_graphql::{ID, Object};
use entity::{ReportStatus, joint_report, joint_report_gap};

/// The joint report of the shared points across all departments at an occasion (samlad uppföljning), which the executive
/// board decides on. It goes the way of a department's report.
#[derive(Clone)]
pub struct JointReport(Row<joint_report::Model>);

row_object!(JointReport(joint_report::Model), load: store::joint_reports_by_id);

/// The joint report of the shared points across all departments at an occasion (samlad uppföljning), which the executive
/// board decides on. It goes the way of a department's report.
#[Object]
impl JointReport {
    /// Its global id.
    pub(crate) async fn id(&self) -> ID {
        NodeKind::JointReport.encode(self.0.id)
    }

    /// The control year.
    async fn year(&self) -> Result<i32> {
        Ok(self.0.must(store::YearOfJointReport).await?.year)
    }

    /// The occasion that it reports at.
    async fn occasion(&self) -> Result<ReportingOccasion> {
        Ok(self.0.must(store::OccasionOfJointReport).await?.into())
    }

    /// The department that compiles it, whose head lays it before the board.
    async fn department(&self) -> Result<Department> {
        Ok(self.0.must(store::DepartmentOfJointReport).await?.into())
    }

    /// The executive board that it is for.
    async fn committee(&self) -> Result<Committee> {
        Ok(self.0.must(store::CommitteeOfJointReport).await?.into())
    }

    /// How far it has come.
    async fn status(&self) -> ReportStatus {
        self.0.status
    }

    /// Its title.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// The date that it bears.
    async fn dated(&self) -> Option<Date> {
        self.0.dated.map(Date)
    }

    /// The background.
    async fn background(&self) -> Option<&String> {
        self.0.background.as_ref()
    }

    /// The summary.
    async fn summary(&self) -> Option<&String> {
        self.0.summary.as_ref()
    }

    /// The joint follow-up at its occasion, as it is now; null when that is not visible to you.
    async fn joint_follow_up(&self) -> Result<Option<JointFollowUp>> {
        let reader = self.0.reader();
        if !JointFollowUp::is_open_to(reader) {
            return Ok(None);
        }
        let year = self.0.must(store::YearOfJointReport).await?.year;
        let occasion = self.0.must(store::OccasionOfJointReport).await?;
        JointFollowUp::read(reader, year, Some(&occasion.code)).await
    }

    /// Why departments have not reported everything, while it is a draft. Empty once it is submitted: what was needed of
    /// it then is in `frozen`.
    #[graphql(complexity = "list_cost(expected::FEW, child_complexity)")]
    async fn gaps(&self) -> Result<Vec<JointGap>> {
        if self.0.status != ReportStatus::Draft {
            return Ok(Vec::new());
        }
        Ok(objects(self.0.many(store::GapsOfJointReport).await?))
    }

    /// The report as it was submitted. Null before. What was marked confidential later is withheld here too.
    async fn frozen(&self) -> Result<Option<FrozenJointReport>> {
        let frozen = self.0.one(store::FrozenOfJointReport).await?;
        Ok(frozen.map(|frozen| FrozenJointReport::clone(&frozen)))
    }

    /// Its case in the registry.
    async fn case(&self) -> Result<Option<CaseFile>> {
        Ok(self.0.one(store::CaseOfJointReport).await?.map(Into::into))
    }

    /// What was proposed and decided about it, in the order in which it was recorded.
    #[graphql(complexity = "list_cost(expected::PAPERS, child_complexity)")]
    async fn decisions(&self) -> Result<Vec<Decision>> {
        Ok(objects(self.0.many(DecisionsOfJointReport).await?))
    }

    /// The documents of its case.
    #[graphql(complexity = "list_cost(expected::PAPERS, child_complexity)")]
    async fn documents(&self) -> Result<Vec<Document>> {
        match self.0.one(store::CaseOfJointReport).await? {
            Some(case) => Ok(objects(case.many(DocumentsOfCase).await?)),
            None => Ok(Vec::new()),
        }
    }

    /// Who its decisions are sent to, each once, in the order of the decisions; not by records that were corrected.
    #[graphql(complexity = "list_cost(expected::FEW, child_complexity)")]
    async fn recipients(&self) -> Result<Vec<Recipient>> {
        let decisions = self.0.many(DecisionsOfJointReport).await?;
        Ok(Recipient::distinct(decisions.iter().map(|row| &**row)))
    }

    /// Whether it was proposed by somebody who had written on it: the municipality's policy may let them. Null before it
    /// is proposed.
    async fn proposed_by_author(&self) -> Option<bool> {
        self.0.proposed_by?;
        Some(self.0.proposed_by_author)
    }

    /// SHA-256 of the whole frozen content as RFC 8785 JSON, in hexadecimal: what a decision is bound to. Null before
    /// the report is submitted.
    async fn content_hash(&self) -> Option<&String> {
        self.0.content_hash.as_ref()
    }

    /// When it was released to the public; null before.
    async fn published_at(&self) -> Option<DateTime> {
        self.0.published_at.map(DateTime)
    }

    /// Counts its changes: what `expectedVersion` is compared with.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// Why a joint report may be submitted although a department has not reported everything.
#[derive(Clone)]
pub struct JointGap(Row<joint_report_gap::Model>);

impl From<Row<joint_report_gap::Model>> for JointGap {
    fn from(row: Row<joint_report_gap::Model>) -> Self {
        Self(row)
    }
}

/// Why a joint report may be submitted although a department has not reported everything.
#[Object]
impl JointGap {
    /// The department.
    async fn department(&self) -> Result<Department> {
        Ok(self.0.must(store::DepartmentOfJointGap).await?.into())
    }

    /// Why it has not reported in time.
    async fn explanation(&self) -> &str {
        &self.0.explanation
    }
}

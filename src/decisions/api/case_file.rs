use super::{Decision, Document};
use crate::graphql::limits::{expected, list_cost};
use crate::{
    decisions::store::{DecisionsOfCase, DocumentsOfCase, ReviewsOfCase, cases_by_id},
    follow_up::Review,
    graphql::{NodeKind, Result, Row, objects},
    row_object,
};
use async_graphql::{ID, Object};
use entity::case_file;

/// A case of the registry (ärende), known by its number there (diarienummer).
#[derive(Clone)]
pub struct CaseFile(Row<case_file::Model>);

row_object!(CaseFile(case_file::Model), load: cases_by_id);

/// A case of the registry (ärende), known by its number there (diarienummer).
#[Object]
impl CaseFile {
    /// Its global id.
    pub(crate) async fn id(&self) -> ID {
        NodeKind::CaseFile.encode(self.0.id)
    }

    /// The registry's number, such as "KS/2016:389".
    async fn number(&self) -> &str {
        &self.0.number
    }

    /// What the case is called.
    async fn title(&self) -> Option<&String> {
        self.0.title.as_ref()
    }

    /// What was proposed and decided in it, in the order in which it was recorded. What is of a report or a plan shows
    /// only to those who see that.
    #[graphql(complexity = "list_cost(expected::PAPERS, child_complexity)")]
    async fn decisions(&self) -> Result<Vec<Decision>> {
        Ok(objects(self.0.many(DecisionsOfCase).await?))
    }

    /// Its documents, in the order in which they were recorded. Those of a report show only to those who see the report.
    #[graphql(complexity = "list_cost(expected::PAPERS, child_complexity)")]
    async fn documents(&self) -> Result<Vec<Document>> {
        Ok(objects(self.0.many(DocumentsOfCase).await?))
    }

    /// The reviews by others that belong to it, such as those of the municipal auditors, and concern a follow-up that
    /// you see. Withheld ones last.
    #[graphql(complexity = "list_cost(expected::EVIDENCE, child_complexity)")]
    async fn reviews(&self) -> Result<Vec<Review>> {
        Ok(objects(self.0.many(ReviewsOfCase).await?))
    }

    /// Counts its changes: what `expectedVersion` is compared with.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

use super::{Finding, FollowUp, withheld::withheld};
use crate::graphql::limits::{expected, list_cost};
use crate::{
    access::Sealed,
    attachments::{Attachment, AttachmentsOfReview},
    decisions::CaseFile,
    follow_up::store::{self, FollowUpRow},
    graphql::{Date, NodeKind, PartialDate, Result, Row, Withheld, objects},
    row_object,
};
use async_graphql::{ID, Object};
use entity::review;

/// A review by others (extern granskning, revisionsrapport), such as the municipal auditors. Where it is `withheld`,
/// everything but its id and follow-ups is null or empty.
#[derive(Clone)]
pub struct Review {
    row: Row<Sealed<review::Model>>,
    follow_up: Option<Row<FollowUpRow>>,
}

row_object!(Review: Sealed<review::Model>, load: store::visible_reviews_by_id);

impl From<Row<Sealed<review::Model>>> for Review {
    fn from(row: Row<Sealed<review::Model>>) -> Self {
        Self { row, follow_up: None }
    }
}

impl Review {
    /// A review that was reached from a follow-up that it concerns.
    pub(super) fn of(row: Row<Sealed<review::Model>>, follow_up: &Row<FollowUpRow>) -> Self {
        Self {
            row,
            follow_up: Some(follow_up.clone()),
        }
    }

    fn content(&self) -> Option<&review::Model> {
        self.row.content()
    }
}

/// A review by others (extern granskning, revisionsrapport), such as the municipal auditors. Where it is `withheld`,
/// everything but its id and follow-ups is null or empty.
#[Object]
impl Review {
    /// Its global id.
    pub(crate) async fn id(&self) -> ID {
        NodeKind::Review.encode(self.row.outside(|review| review.id))
    }

    /// The follow-ups that it concerns. Empty for the public when it is withheld.
    #[graphql(complexity = "list_cost(expected::POINTS, child_complexity)")]
    async fn follow_ups(&self) -> Result<Vec<FollowUp>> {
        if !self.row.is_readable() && !self.row.reader().is_internal() {
            return Ok(Vec::new());
        }
        Ok(objects(self.row.many(store::FollowUpsOfReview).await?))
    }

    /// What it is called.
    async fn title(&self) -> Option<&String> {
        self.content().map(|review| &review.title)
    }

    /// Who reviewed, such as "PwC".
    async fn reviewer(&self) -> Option<&String> {
        self.content().map(|review| &review.reviewer)
    }

    /// When it was performed.
    async fn performed_on(&self) -> Option<PartialDate> {
        let review = self.content()?;
        PartialDate::of(
            review.performed_earliest,
            review.performed_latest,
            review.performed_text.as_ref(),
        )
    }

    /// Whether it was announced beforehand; null when not stated.
    async fn announced(&self) -> Option<bool> {
        self.content()?.announced
    }

    /// The starting conditions (förutsättningar).
    async fn conditions(&self) -> Option<&String> {
        self.content()?.conditions.as_ref()
    }

    /// What it covered, in words.
    async fn scope_text(&self) -> Option<&String> {
        self.content()?.scope_text.as_ref()
    }

    /// The date of its report.
    async fn dated(&self) -> Option<Date> {
        self.content()?.dated.map(Date)
    }

    /// The report's number in the registry.
    async fn registration_number(&self) -> Option<&String> {
        self.content()?.registration_number.as_ref()
    }

    /// The registry's case that it belongs to; null without one that you can see.
    async fn case(&self) -> Result<Option<CaseFile>> {
        if self.content().is_none() {
            return Ok(None);
        }
        Ok(self.row.one(store::CaseOfReview).await?.map(Into::into))
    }

    /// What it found, the oldest first; what is withheld comes last.
    #[graphql(complexity = "list_cost(expected::EVIDENCE, child_complexity)")]
    async fn findings(&self) -> Result<Vec<Finding>> {
        let Some(review) = self.content() else {
            return Ok(Vec::new());
        };
        let Some(follow_up) = &self.follow_up else {
            return Ok(objects(self.row.many(store::FindingsOfReview).await?));
        };
        let found = follow_up.under(store::FindingsOfFollowUp, review.id).await?;
        Ok(found.into_iter().map(|row| Finding::near(row, follow_up)).collect())
    }

    /// The files that are attached to it, the oldest first.
    #[graphql(complexity = "list_cost(expected::FEW, child_complexity)")]
    async fn attachments(&self) -> Result<Vec<Attachment>> {
        if self.content().is_none() {
            return Ok(Vec::new());
        }
        Ok(objects(self.row.many(AttachmentsOfReview).await?))
    }

    /// The ground that it is confidential on, for who may read it nevertheless: a warning to be shown with it.
    async fn secrecy_ground(&self) -> Option<&String> {
        self.content()?.secrecy_ground.as_ref()
    }

    /// Not null: confidential, and not for you.
    async fn withheld(&self) -> Option<Withheld> {
        withheld(&self.row, |review| review.secrecy_ground.as_ref())
    }

    /// Counts its changes: what `expectedVersion` is compared with.
    async fn version(&self) -> Option<i32> {
        Some(self.content()?.version)
    }
}

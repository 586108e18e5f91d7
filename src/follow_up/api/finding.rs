use super::{Check, CorrectiveAction, FollowUp, Review, withheld::withheld};
use crate::graphql::limits::{expected, list_cost};
use crate::{
    access::Sealed,
    attachments::{Attachment, AttachmentsOfFinding},
    follow_up::store::{self, FollowUpRow},
    graphql::{NodeKind, Result, Row, Withheld, objects},
    row_object,
};
use async_graphql::{ID, Object};
use entity::{Effort, FindingStatus, Severity, finding};

/// A finding (brist, avvikelse) from a check or a review. Where it is `withheld`, everything but its id and follow-up
/// is null or empty.
#[derive(Clone)]
pub struct Finding {
    row: Row<Sealed<finding::Model>>,
    follow_up: Option<Row<FollowUpRow>>,
}

row_object!(Finding: Sealed<finding::Model>, load: store::visible_sealed::<finding::Entity>);

impl From<Row<Sealed<finding::Model>>> for Finding {
    fn from(row: Row<Sealed<finding::Model>>) -> Self {
        Self { row, follow_up: None }
    }
}

impl Finding {
    /// A finding that was reached from its follow-up.
    pub(super) fn of(row: Row<Sealed<finding::Model>>, follow_up: &Row<FollowUpRow>) -> Self {
        Self {
            row,
            follow_up: Some(follow_up.clone()),
        }
    }

    /// A finding that was reached from a follow-up which may be another than its own.
    pub(super) fn near(row: Row<Sealed<finding::Model>>, follow_up: &Row<FollowUpRow>) -> Self {
        if row.outside(|finding| finding.follow_up_id) == follow_up.follow_up.id {
            Self::of(row, follow_up)
        } else {
            row.into()
        }
    }

    fn content(&self) -> Option<&finding::Model> {
        self.row.content()
    }
}

/// A finding (brist, avvikelse) from a check or a review. Where it is `withheld`, everything but its id and follow-up
/// is null or empty.
#[Object]
impl Finding {
    /// Its global id.
    pub(crate) async fn id(&self) -> ID {
        NodeKind::Finding.encode(self.row.outside(|finding| finding.id))
    }

    /// The follow-up. Null for the public when it is withheld.
    async fn follow_up(&self) -> Result<Option<FollowUp>> {
        if !self.row.is_readable() && !self.row.reader().is_internal() {
            return Ok(None);
        }
        if let Some(follow_up) = &self.follow_up {
            return Ok(Some(follow_up.clone().into()));
        }
        Ok(self.row.one(store::FollowUpOfFinding).await?.map(Into::into))
    }

    /// The area that it is in.
    async fn area(&self) -> Option<&String> {
        self.content()?.area.as_ref()
    }

    /// The check that found it.
    async fn check(&self) -> Result<Option<Check>> {
        let Some(id) = self.content().and_then(|finding| finding.control_check_id) else {
            return Ok(None);
        };
        let Some(follow_up) = &self.follow_up else {
            return Ok(self.row.one(store::CheckOfFinding).await?.map(Into::into));
        };
        let checks = follow_up.many(store::ChecksOfFollowUp).await?;
        let found = checks.into_iter().find(|row| row.outside(|check| check.id) == id);
        Ok(found.map(|row| Check::of(row, follow_up)))
    }

    /// The review that found it.
    async fn review(&self) -> Result<Option<Review>> {
        let Some(id) = self.content().and_then(|finding| finding.review_id) else {
            return Ok(None);
        };
        let Some(follow_up) = &self.follow_up else {
            return Ok(self.row.one(store::ReviewOfFinding).await?.map(Into::into));
        };
        let reviews = follow_up.many(store::ReviewsOfFollowUp).await?;
        let found = reviews.into_iter().find(|row| row.outside(|review| review.id) == id);
        Ok(found.map(|row| Review::of(row, follow_up)))
    }

    /// The finding of an earlier year that it carries on; null without one that you can see.
    async fn carried_from(&self) -> Result<Option<Self>> {
        if self.content().is_none() {
            return Ok(None);
        }
        Ok(self.row.one(store::CarriedFinding).await?.map(Into::into))
    }

    /// The finding of a later year that carries it on, which is worked on instead; null without one that you can see.
    async fn carried_to(&self) -> Result<Option<Self>> {
        if self.content().is_none() {
            return Ok(None);
        }
        Ok(self.row.one(store::FindingCarriedTo).await?.map(Into::into))
    }

    /// How serious it is; null when unknown.
    async fn severity(&self) -> Option<Severity> {
        self.content()?.severity
    }

    /// How much work it takes to mend; null when unknown.
    async fn effort(&self) -> Option<Effort> {
        self.content()?.effort
    }

    /// Where that classification comes from.
    async fn severity_basis(&self) -> Option<&String> {
        self.content()?.severity_basis.as_ref()
    }

    /// How far it has come.
    async fn status(&self) -> Option<FindingStatus> {
        Some(self.content()?.status)
    }

    /// What is wrong, in short.
    async fn title(&self) -> Option<&String> {
        self.content().map(|finding| &finding.title)
    }

    /// What is wrong, in full.
    async fn description(&self) -> Option<&String> {
        self.content()?.description.as_ref()
    }

    /// How many are affected, such as 6 of 110 servers; null when not stated.
    async fn affected(&self) -> Option<i32> {
        self.content()?.affected
    }

    /// How many there are in all; null when not stated.
    async fn population(&self) -> Option<i32> {
        self.content()?.population
    }

    /// Why the department head accepted it as it is.
    async fn accepted_reason(&self) -> Option<&String> {
        self.content()?.accepted_reason.as_ref()
    }

    /// Why it was opened again, the last time that verifying it failed.
    async fn reopened_reason(&self) -> Option<&String> {
        self.content()?.reopened_reason.as_ref()
    }

    /// What is done about it, by the day that it is due; what is withheld comes last.
    #[graphql(complexity = "list_cost(expected::EVIDENCE, child_complexity)")]
    async fn actions(&self) -> Result<Vec<CorrectiveAction>> {
        let Some(finding) = self.content() else {
            return Ok(Vec::new());
        };
        let Some(follow_up) = &self.follow_up else {
            return Ok(objects(self.row.many(store::ActionsOfFinding).await?));
        };
        let actions = follow_up.many(store::ActionsOfFollowUp).await?;
        Ok(actions
            .into_iter()
            .filter(|row| row.outside(|row| row.action.finding_id) == Some(finding.id))
            .map(|row| CorrectiveAction::of(row, follow_up))
            .collect())
    }

    /// The files that are attached to it, the oldest first.
    #[graphql(complexity = "list_cost(expected::FEW, child_complexity)")]
    async fn attachments(&self) -> Result<Vec<Attachment>> {
        if self.content().is_none() {
            return Ok(Vec::new());
        }
        Ok(objects(self.row.many(AttachmentsOfFinding).await?))
    }

    /// The ground that it is confidential on, for who may read it nevertheless: a warning to be shown with it.
    async fn secrecy_ground(&self) -> Option<&String> {
        self.content()?.secrecy_ground.as_ref()
    }

    /// Not null: confidential, and not for you.
    async fn withheld(&self) -> Option<Withheld> {
        withheld(&self.row, |finding| finding.secrecy_ground.as_ref())
    }

    /// Counts its changes: what `expectedVersion` is compared with.
    async fn version(&self) -> Option<i32> {
        Some(self.content()?.version)
    }
}

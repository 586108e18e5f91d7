use super::{FollowUp, withheld::withheld};
use crate::{
    access::Sealed,
    follow_up::{
        rules::assessment::{AssessmentAct, AssessmentState},
        store::{self, AssessmentRow},
    },
    graphql::{
        DateTime, NodeKind, Permission, Result, Row, Withheld,
        limits::{expected, list_cost},
    },
    organisation::User,
    planning::{RatingLevel, ReportingOccasion},
    row_object,
    use_case::permissions,
};
use async_graphql::{ID, Object};
use entity::{FollowUpStatus, Trend, assessment};
use uuid::Uuid;

/// An assessment (bedömning) of a follow-up at a reporting occasion. Where it is `withheld`, everything but its id,
/// follow-up, occasion and status is null.
#[derive(Clone)]
pub struct Assessment(Row<Sealed<AssessmentRow>>);

row_object!(Assessment(Sealed<AssessmentRow>), load: store::visible_assessments);

impl Assessment {
    fn content(&self) -> Option<&assessment::Model> {
        self.0.content().map(|row| &row.assessment)
    }
}

/// An assessment (bedömning) of a follow-up at a reporting occasion. Where it is `withheld`, everything but its id,
/// follow-up, occasion and status is null.
#[Object]
impl Assessment {
    /// Its global id.
    pub(crate) async fn id(&self) -> ID {
        NodeKind::Assessment.encode(self.0.outside(|row| row.assessment.id))
    }

    /// The follow-up. Null for the public when it is withheld.
    async fn follow_up(&self) -> Result<Option<FollowUp>> {
        if !self.0.is_readable() && !self.0.reader().is_internal() {
            return Ok(None);
        }
        Ok(self.0.one(store::FollowUpOfAssessment).await?.map(Into::into))
    }

    /// The occasion.
    async fn occasion(&self) -> ReportingOccasion {
        self.0.part(|row| row.outside(|row| row.occasion.clone())).into()
    }

    /// How far it has come.
    async fn status(&self) -> FollowUpStatus {
        self.0.outside(|row| row.assessment.status)
    }

    /// The level chosen on the year's rating scale.
    async fn rating(&self) -> Option<RatingLevel> {
        let level = self.0.content()?.rating.clone()?;
        Some(RatingLevel::single(self.0.reader(), level))
    }

    /// How much of the work is done, 0 to 100; null while it is unknown.
    async fn progress_percent(&self) -> Option<i32> {
        self.content()?.progress_percent
    }

    /// The conclusion.
    async fn conclusion(&self) -> Option<&String> {
        self.content()?.conclusion.as_ref()
    }

    /// The development since the year before, where the assessor states it.
    async fn stated_trend(&self) -> Option<Trend> {
        self.content()?.stated_trend
    }

    /// Who assessed; null while it is in progress, and for the public.
    async fn assessed_by(&self) -> Result<Option<User>> {
        if self.content().is_none() || !self.0.reader().is_internal() {
            return Ok(None);
        }
        Ok(self.0.one(store::AssessorOf).await?.map(Into::into))
    }

    /// When it was assessed.
    async fn assessed_at(&self) -> Option<DateTime> {
        self.content()?.assessed_at.map(DateTime)
    }

    /// Who reviewed: somebody else. Null for the public.
    async fn reviewed_by(&self) -> Result<Option<User>> {
        if self.content().is_none() || !self.0.reader().is_internal() {
            return Ok(None);
        }
        Ok(self.0.one(store::ReviewerOf).await?.map(Into::into))
    }

    /// When it was reviewed.
    async fn reviewed_at(&self) -> Option<DateTime> {
        self.content()?.reviewed_at.map(DateTime)
    }

    /// Why the reviewer sent it back the last time. Null for the public.
    async fn sent_back_reason(&self) -> Option<&String> {
        let reason = self.content()?.sent_back_reason.as_ref();
        reason.filter(|_| self.0.reader().is_internal())
    }

    /// The ground that it is confidential on, for who may read it nevertheless: a warning to be shown with it.
    async fn secrecy_ground(&self) -> Option<&String> {
        self.content()?.secrecy_ground.as_ref()
    }

    /// Not null: confidential, and not for you.
    async fn withheld(&self) -> Option<Withheld> {
        withheld(&self.0, |row| row.assessment.secrecy_ground.as_ref())
    }

    /// What you may do with it now; empty where it is withheld.
    #[graphql(complexity = "list_cost(expected::FEW, child_complexity)")]
    async fn can(&self) -> Result<Vec<Permission>> {
        let Some(row) = self.0.unnoted() else {
            return Ok(Vec::new());
        };
        let follow_up = self.0.must(store::FollowUpOfAssessment).await?;
        let year = follow_up.must(store::YearOfFollowUp).await?;
        let hands = follow_up.many(store::HandsOfReader).await?;
        let hands: Vec<Uuid> = hands.iter().map(|hand| **hand).collect();
        let state = AssessmentState::new(row.assessment.clone(), &follow_up, (*year).clone());
        Ok(permissions(self.0.reader(), &hands, &AssessmentAct::ALL, &state))
    }

    /// Counts its changes: what `expectedVersion` is compared with.
    async fn version(&self) -> i32 {
        self.0.outside(|row| row.assessment.version)
    }
}

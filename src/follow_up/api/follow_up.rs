use super::{Assessment, Check, CorrectiveAction, Finding, Review, ScheduledCheck};
use crate::graphql::limits::{expected, list_cost};
use crate::{
    access::Right,
    attachments::{Attachment, AttachmentsOfFollowUp},
    follow_up::{
        rules,
        store::{self, FollowUpRow},
    },
    graphql::{NodeKind, Result, Row, objects},
    organisation::{Department, User},
    planning::{ControlPoint, RatingLevel},
    row_object,
};
use async_graphql::{ID, Object};
use entity::{FollowUpStatus, Trend, control_point};

/// A follow-up (uppföljning): one department's work on one control point in one year, which its assessments, checks,
/// findings and actions hang on.
#[derive(Clone)]
pub struct FollowUp(Row<FollowUpRow>);

row_object!(FollowUp(FollowUpRow), load: store::visible_follow_ups_by_id);

impl FollowUp {
    fn point_row(&self) -> Row<control_point::Model> {
        self.0.part(|row| row.point.clone())
    }
}

/// A follow-up (uppföljning): one department's work on one control point in one year, which its assessments, checks,
/// findings and actions hang on.
#[Object]
impl FollowUp {
    /// Its global id.
    pub(crate) async fn id(&self) -> ID {
        NodeKind::FollowUp.encode(self.0.follow_up.id)
    }

    /// The control point's number in the department's plan.
    async fn number(&self) -> i32 {
        self.0.number
    }

    /// The control point.
    async fn point(&self) -> ControlPoint {
        self.point_row().into()
    }

    /// The department.
    async fn department(&self) -> Result<Department> {
        Ok(self.0.must(store::DepartmentOfFollowUp).await?.into())
    }

    /// The year.
    async fn year(&self) -> i32 {
        self.0.year
    }

    /// The users assigned to carry it out, by name. Empty for the public.
    #[graphql(complexity = "list_cost(expected::FEW, child_complexity)")]
    async fn performers(&self) -> Result<Vec<User>> {
        if !self.0.reader().is_internal() {
            return Ok(Vec::new());
        }
        Ok(objects(self.0.many(store::PerformersOfFollowUp).await?))
    }

    /// How far it has come at the latest occasion begun; NOT_STARTED while none is.
    async fn status(&self) -> Result<FollowUpStatus> {
        let latest = store::latest_assessment(&self.0).await?;
        Ok(latest.map_or(FollowUpStatus::NotStarted, |row| {
            row.outside(|row| row.assessment.status)
        }))
    }

    /// The rating at the latest occasion begun; null while there is none, and when it is withheld.
    async fn rating(&self) -> Result<Option<RatingLevel>> {
        let latest = store::latest_assessment(&self.0).await?;
        let level = latest.and_then(|row| row.content().and_then(|row| row.rating.clone()));
        Ok(level.map(|level| RatingLevel::single(self.0.reader(), level)))
    }

    /// The conclusion at the latest occasion begun; null while there is none, and when it is withheld.
    async fn conclusion(&self) -> Result<Option<String>> {
        let latest = store::latest_assessment(&self.0).await?;
        Ok(latest.and_then(|row| row.content().and_then(|row| row.assessment.conclusion.clone())))
    }

    /// Its assessments, one an occasion, in the order of the occasions; what is withheld comes last.
    #[graphql(complexity = "list_cost(expected::OCCASIONS, child_complexity)")]
    async fn assessments(&self) -> Result<Vec<Assessment>> {
        Ok(objects(self.0.many(store::AssessmentsOfFollowUp).await?))
    }

    /// Its assessment at an occasion; null when it was not begun then.
    async fn assessment(
        &self,
        #[graphql(desc = "The occasion's code; left out: the year's last.")] occasion: Option<String>,
    ) -> Result<Option<Assessment>> {
        let assessments = self.0.many(store::AssessmentsOfFollowUp).await?;
        let mut wanted = assessments.into_iter().filter(|row| {
            row.outside(|row| match &occasion {
                Some(code) => row.occasion.code == *code,
                None => row.is_last,
            })
        });
        Ok(wanted.next().map(Assessment::from))
    }

    /// The reviews by others that concern it; what is withheld comes last.
    #[graphql(complexity = "list_cost(expected::EVIDENCE, child_complexity)")]
    async fn reviews(&self) -> Result<Vec<Review>> {
        let found = self.0.many(store::ReviewsOfFollowUp).await?;
        Ok(found.into_iter().map(|row| Review::of(row, &self.0)).collect())
    }

    /// The development since the year before, at the latest occasion begun: as the assessor states it, otherwise by
    /// the two years' ratings. Null when it is unknown.
    async fn trend(&self) -> Result<Option<Trend>> {
        let Some(latest) = store::latest_assessment(&self.0).await? else {
            return Ok(None);
        };
        let Some(now) = latest.content() else {
            return Ok(None);
        };
        if now.assessment.stated_trend.is_some() {
            return Ok(now.assessment.stated_trend);
        }
        let (Some(rating), Some(previous)) = (&now.rating, self.0.one(store::PreviousFollowUp).await?) else {
            return Ok(None);
        };
        let before = store::latest_assessment(&previous).await?;
        let before = before.as_ref().and_then(|row| row.content()?.rating.as_ref());
        Ok(before.map(|before| rules::trend(rating.rank, before.rank)))
    }

    /// The same department's follow-up of the same control point the year before.
    async fn previous(&self) -> Result<Option<Self>> {
        Ok(self.0.one(store::PreviousFollowUp).await?.map(Self))
    }

    /// Its checks, the oldest first; what is withheld comes last.
    #[graphql(complexity = "list_cost(expected::EVIDENCE, child_complexity)")]
    async fn checks(&self) -> Result<Vec<Check>> {
        let found = self.0.many(store::ChecksOfFollowUp).await?;
        Ok(found.into_iter().map(|row| Check::of(row, &self.0)).collect())
    }

    /// The checks that are planned, at the scheduled times of its control point, and how each stands today. Empty for those
    /// who see the follow-up through a report alone.
    #[graphql(complexity = "list_cost(expected::FEW, child_complexity)")]
    async fn scheduled_checks(&self) -> Result<Vec<ScheduledCheck>> {
        if !self.0.reader().may(Right::FollowUpRead, self.0.place()) {
            return Ok(Vec::new());
        }
        ScheduledCheck::all(&self.0, &self.point_row()).await
    }

    /// Its findings, the oldest first; what is withheld comes last.
    #[graphql(complexity = "list_cost(expected::EVIDENCE, child_complexity)")]
    async fn findings(&self) -> Result<Vec<Finding>> {
        let found = self.0.many(store::FindingsOfFollowUp).await?;
        Ok(found.into_iter().map(|row| Finding::of(row, &self.0)).collect())
    }

    /// Its corrective actions, also those of its findings, by the day that they are due; what is withheld comes last.
    #[graphql(complexity = "list_cost(expected::EVIDENCE, child_complexity)")]
    async fn actions(&self) -> Result<Vec<CorrectiveAction>> {
        let found = self.0.many(store::ActionsOfFollowUp).await?;
        Ok(found
            .into_iter()
            .map(|row| CorrectiveAction::of(row, &self.0))
            .collect())
    }

    /// The files that are attached to the follow-up itself, the oldest first.
    #[graphql(complexity = "list_cost(expected::FEW, child_complexity)")]
    async fn attachments(&self) -> Result<Vec<Attachment>> {
        Ok(objects(self.0.many(AttachmentsOfFollowUp).await?))
    }

    /// Counts its changes: what `expectedVersion` is compared with.
    async fn version(&self) -> i32 {
        self.0.follow_up.version
    }
}

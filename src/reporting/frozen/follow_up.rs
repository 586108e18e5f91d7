use super::{
    Evidence, FrozenAssessment, FrozenAttachment, FrozenCheck, FrozenCorrectiveAction, FrozenFinding,
    FrozenRatingLevel, FrozenReview, Kin,
};
use crate::graphql::limits::{expected, list_cost};
use async_graphql::{ComplexObject, Context, SimpleObject};
use entity::{ControlScope, FollowUpStatus, Trend};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A follow-up as it was submitted.
#[derive(Clone, Debug, Default, Serialize, Deserialize, SimpleObject)]
#[serde(rename_all = "camelCase")]
#[graphql(complex)]
pub struct FrozenFollowUp {
    #[graphql(skip)]
    pub(in crate::reporting) id: Uuid,
    /// Its number in the department's plan.
    pub(in crate::reporting) number: i32,
    /// The control point.
    pub(in crate::reporting) point: FrozenControlPoint,
    /// The files that were attached to the follow-up itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[graphql(complexity = "list_cost(expected::FEW, child_complexity)")]
    pub(in crate::reporting) attachments: Vec<FrozenAttachment>,
    #[graphql(skip)]
    pub(in crate::reporting) status: Option<FollowUpStatus>,
    #[graphql(skip)]
    pub(in crate::reporting) assessments: Vec<FrozenAssessment>,
    #[graphql(skip)]
    pub(in crate::reporting) evidence: Evidence,
    #[serde(skip)]
    #[graphql(skip)]
    pub(in crate::reporting) kin: Kin,
}

/// A control point as it was when the report was submitted.
#[derive(Clone, Debug, Default, Serialize, Deserialize, SimpleObject)]
#[serde(rename_all = "camelCase")]
pub struct FrozenControlPoint {
    /// Its title.
    pub(in crate::reporting) title: String,
    /// Whether it is shared by all departments.
    pub(in crate::reporting) scope: Option<ControlScope>,
    /// The process that it belongs to.
    pub(in crate::reporting) process: Option<String>,
    /// Why it is controlled.
    pub(in crate::reporting) purpose: Option<String>,
    /// What the control covers, in words.
    pub(in crate::reporting) scope_text: Option<String>,
    /// How it is controlled.
    pub(in crate::reporting) method: Option<String>,
    /// How often or when: one or more frequencies or times. Empty when none is stated.
    #[serde(default)]
    pub(in crate::reporting) schedule: Vec<String>,
    /// The functions responsible for the control.
    pub(in crate::reporting) responsible_functions: Vec<String>,
}

impl FrozenFollowUp {
    /// The assessment at the latest occasion begun, for its content.
    fn latest(&self) -> Option<&FrozenAssessment> {
        let latest = self.assessments.last()?;
        self.kin.note_content(latest);
        Some(latest)
    }
}

#[ComplexObject]
impl FrozenFollowUp {
    /// Its assessments up to the report's occasion, in the order of the occasions.
    #[graphql(complexity = "list_cost(expected::OCCASIONS, child_complexity)")]
    async fn assessments(&self, ctx: &Context<'_>) -> &[FrozenAssessment] {
        self.kin.note(ctx, &self.assessments);
        &self.assessments
    }

    /// How far it had come at the latest occasion begun.
    async fn status(&self) -> FollowUpStatus {
        self.status.unwrap_or(FollowUpStatus::NotStarted)
    }

    /// The rating at the latest occasion begun.
    async fn rating(&self) -> Option<&FrozenRatingLevel> {
        self.latest()?.rating.as_ref()
    }

    /// The conclusion at the latest occasion begun.
    async fn conclusion(&self) -> Option<&String> {
        self.latest()?.conclusion.as_ref()
    }

    /// The development since the year before.
    async fn trend(&self) -> Option<Trend> {
        self.latest()?.trend
    }

    /// The checks performed.
    #[graphql(complexity = "list_cost(expected::EVIDENCE, child_complexity)")]
    async fn checks(&self, ctx: &Context<'_>) -> Vec<FrozenCheck> {
        self.kin.checks(ctx, |_| true)
    }

    /// The reviews by others that concern it.
    #[graphql(complexity = "list_cost(expected::EVIDENCE, child_complexity)")]
    async fn reviews(&self, ctx: &Context<'_>) -> Vec<FrozenReview> {
        self.kin.reviews(ctx, |_| true)
    }

    /// The findings.
    #[graphql(complexity = "list_cost(expected::EVIDENCE, child_complexity)")]
    async fn findings(&self, ctx: &Context<'_>) -> Vec<FrozenFinding> {
        self.kin.findings(ctx, |_| true)
    }

    /// The corrective actions, those of its findings too.
    #[graphql(complexity = "list_cost(expected::EVIDENCE, child_complexity)")]
    async fn actions(&self, ctx: &Context<'_>) -> Vec<FrozenCorrectiveAction> {
        self.kin.actions(ctx, |_| true)
    }
}

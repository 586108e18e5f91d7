use super::{FrozenAttachment, Kin};
use crate::graphql::limits::{expected, list_cost};
use crate::graphql::{Date, PartialDate, Withheld};
use async_graphql::{ComplexObject, Context, SimpleObject};
use entity::{CorrectiveActionOrigin, CorrectiveActionStatus, Effort, FindingStatus, Severity};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What hangs on one follow-up.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::reporting) struct Evidence {
    pub(in crate::reporting) checks: Vec<FrozenCheck>,
    pub(in crate::reporting) reviews: Vec<FrozenReview>,
    pub(in crate::reporting) findings: Vec<FrozenFinding>,
    pub(in crate::reporting) actions: Vec<FrozenCorrectiveAction>,
}

/// A performed control, as it was submitted. While it is withheld all else is null.
#[derive(Clone, Debug, Default, Serialize, Deserialize, SimpleObject)]
#[serde(rename_all = "camelCase")]
pub struct FrozenCheck {
    #[graphql(skip)]
    pub(in crate::reporting) id: Uuid,
    #[graphql(skip)]
    pub(in crate::reporting) ground: Option<String>,
    /// Whether it is confidential now, for who it is not withheld from.
    #[serde(skip)]
    #[graphql(skip)]
    pub(in crate::reporting) secret: bool,
    /// What was checked.
    pub(in crate::reporting) title: Option<String>,
    /// How it was checked.
    pub(in crate::reporting) method: Option<String>,
    /// The function that performed it.
    pub(in crate::reporting) performed_by: Option<String>,
    /// When it was performed.
    pub(in crate::reporting) performed_on: Option<PartialDate>,
    /// How many there were to check.
    pub(in crate::reporting) population: Option<i32>,
    /// How many were checked.
    pub(in crate::reporting) sample_size: Option<i32>,
    /// How many of them deviated; null when none were stated.
    pub(in crate::reporting) deviations: Option<i32>,
    /// Why those were chosen.
    pub(in crate::reporting) selection_motive: Option<String>,
    /// The result in words.
    pub(in crate::reporting) result: Option<String>,
    /// Whether the result was satisfactory.
    pub(in crate::reporting) satisfactory: Option<bool>,
    /// The files that were attached to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[graphql(complexity = "list_cost(expected::FEW, child_complexity)")]
    pub(in crate::reporting) attachments: Vec<FrozenAttachment>,
    /// Not null: it is confidential and not for you.
    #[serde(skip)]
    pub(in crate::reporting) withheld: Option<Withheld>,
}

/// A review by others, as it was submitted. While it is withheld all else is null.
#[derive(Clone, Debug, Default, Serialize, Deserialize, SimpleObject)]
#[serde(rename_all = "camelCase")]
#[graphql(complex)]
pub struct FrozenReview {
    #[graphql(skip)]
    pub(in crate::reporting) id: Uuid,
    #[graphql(skip)]
    pub(in crate::reporting) ground: Option<String>,
    /// Whether it is confidential now, for who it is not withheld from.
    #[serde(skip)]
    #[graphql(skip)]
    pub(in crate::reporting) secret: bool,
    /// Its title.
    pub(in crate::reporting) title: Option<String>,
    /// Who reviewed.
    pub(in crate::reporting) reviewer: Option<String>,
    /// When it was performed.
    pub(in crate::reporting) performed_on: Option<PartialDate>,
    /// Whether it was announced.
    pub(in crate::reporting) announced: Option<bool>,
    /// The conditions that it started from.
    pub(in crate::reporting) conditions: Option<String>,
    /// What it covered, in words.
    pub(in crate::reporting) scope_text: Option<String>,
    /// The date of its report.
    pub(in crate::reporting) dated: Option<Date>,
    /// The report's number in the registry.
    pub(in crate::reporting) registration_number: Option<String>,
    /// The files that were attached to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[graphql(complexity = "list_cost(expected::FEW, child_complexity)")]
    pub(in crate::reporting) attachments: Vec<FrozenAttachment>,
    /// Not null: it is confidential and not for you.
    #[serde(skip)]
    pub(in crate::reporting) withheld: Option<Withheld>,
    #[serde(skip)]
    #[graphql(skip)]
    pub(in crate::reporting) kin: Kin,
}

#[ComplexObject]
impl FrozenReview {
    /// What it found of this follow-up.
    #[graphql(complexity = "list_cost(expected::EVIDENCE, child_complexity)")]
    async fn findings(&self, ctx: &Context<'_>) -> Vec<FrozenFinding> {
        if self.withheld.is_some() {
            return Vec::new();
        }
        self.kin.findings(ctx, |finding| {
            finding.withheld.is_none() && finding.review_id == Some(self.id)
        })
    }
}

/// A finding, as it was submitted. While it is withheld all else is null.
#[derive(Clone, Debug, Default, Serialize, Deserialize, SimpleObject)]
#[serde(rename_all = "camelCase")]
#[graphql(complex)]
pub struct FrozenFinding {
    #[graphql(skip)]
    pub(in crate::reporting) id: Uuid,
    #[graphql(skip)]
    pub(in crate::reporting) ground: Option<String>,
    /// Whether it is confidential now, for who it is not withheld from.
    #[serde(skip)]
    #[graphql(skip)]
    pub(in crate::reporting) secret: bool,
    #[graphql(skip)]
    pub(in crate::reporting) check_id: Option<Uuid>,
    #[graphql(skip)]
    pub(in crate::reporting) review_id: Option<Uuid>,
    /// The area that it is in.
    pub(in crate::reporting) area: Option<String>,
    /// How serious it is.
    pub(in crate::reporting) severity: Option<Severity>,
    /// How much work it takes to mend.
    pub(in crate::reporting) effort: Option<Effort>,
    /// Where that classification comes from.
    pub(in crate::reporting) severity_basis: Option<String>,
    /// How far it had come.
    pub(in crate::reporting) status: Option<FindingStatus>,
    /// What was found, in short.
    pub(in crate::reporting) title: Option<String>,
    /// What was found, in full.
    pub(in crate::reporting) description: Option<String>,
    /// How many were affected.
    pub(in crate::reporting) affected: Option<i32>,
    /// Of how many.
    pub(in crate::reporting) population: Option<i32>,
    /// Why the department head accepted it as it is.
    pub(in crate::reporting) accepted_reason: Option<String>,
    /// Why it was opened again, the last time that verifying it failed.
    pub(in crate::reporting) reopened_reason: Option<String>,
    /// The files that were attached to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[graphql(complexity = "list_cost(expected::FEW, child_complexity)")]
    pub(in crate::reporting) attachments: Vec<FrozenAttachment>,
    /// Not null: it is confidential and not for you.
    #[serde(skip)]
    pub(in crate::reporting) withheld: Option<Withheld>,
    #[serde(skip)]
    #[graphql(skip)]
    pub(in crate::reporting) kin: Kin,
}

#[ComplexObject]
impl FrozenFinding {
    /// The check that found it.
    async fn check(&self, ctx: &Context<'_>) -> Option<FrozenCheck> {
        let id = self.check_id?;
        self.kin.checks(ctx, |check| check.id == id).pop()
    }

    /// The review that found it.
    async fn review(&self, ctx: &Context<'_>) -> Option<FrozenReview> {
        let id = self.review_id?;
        self.kin.reviews(ctx, |review| review.id == id).pop()
    }

    /// What is done about it.
    #[graphql(complexity = "list_cost(expected::EVIDENCE, child_complexity)")]
    async fn actions(&self, ctx: &Context<'_>) -> Vec<FrozenCorrectiveAction> {
        if self.withheld.is_some() {
            return Vec::new();
        }
        self.kin.actions(ctx, |action| {
            action.withheld.is_none() && action.finding_id == Some(self.id)
        })
    }
}

/// A corrective action, as it was submitted. While it is withheld all else is null.
#[derive(Clone, Debug, Default, Serialize, Deserialize, SimpleObject)]
#[serde(rename_all = "camelCase")]
#[graphql(complex)]
pub struct FrozenCorrectiveAction {
    #[graphql(skip)]
    pub(in crate::reporting) id: Uuid,
    #[graphql(skip)]
    pub(in crate::reporting) ground: Option<String>,
    /// Whether it is confidential now, for who it is not withheld from.
    #[serde(skip)]
    #[graphql(skip)]
    pub(in crate::reporting) secret: bool,
    #[graphql(skip)]
    pub(in crate::reporting) finding_id: Option<Uuid>,
    /// What is to be done, in short.
    pub(in crate::reporting) title: Option<String>,
    /// What is to be done, in full.
    pub(in crate::reporting) description: Option<String>,
    /// How far it had come.
    pub(in crate::reporting) status: Option<CorrectiveActionStatus>,
    /// What it comes from.
    pub(in crate::reporting) origin: Option<CorrectiveActionOrigin>,
    /// The function responsible for it.
    pub(in crate::reporting) responsible_function: Option<String>,
    /// The day it was due, extensions included.
    pub(in crate::reporting) due_on: Option<Date>,
    /// The day it was due at first.
    pub(in crate::reporting) original_due_on: Option<Date>,
    /// How it was put off, the earliest first.
    #[serde(default)]
    #[graphql(complexity = "list_cost(expected::FEW, child_complexity)")]
    pub(in crate::reporting) extensions: Vec<FrozenActionExtension>,
    /// Whether it was overdue on the day of the submission.
    pub(in crate::reporting) overdue: Option<bool>,
    /// When it was done.
    pub(in crate::reporting) done_on: Option<PartialDate>,
    /// Why it had to go on, the last time that verifying it failed.
    pub(in crate::reporting) reopened_reason: Option<String>,
    /// Why it was cancelled.
    pub(in crate::reporting) cancelled_reason: Option<String>,
    /// The files that were attached to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[graphql(complexity = "list_cost(expected::FEW, child_complexity)")]
    pub(in crate::reporting) attachments: Vec<FrozenAttachment>,
    /// Not null: it is confidential and not for you.
    #[serde(skip)]
    pub(in crate::reporting) withheld: Option<Withheld>,
    #[serde(skip)]
    #[graphql(skip)]
    pub(in crate::reporting) kin: Kin,
}

/// A later due date that a corrective action had been given.
#[derive(Clone, Debug, Serialize, Deserialize, SimpleObject)]
#[serde(rename_all = "camelCase")]
pub struct FrozenActionExtension {
    /// The day that it was due before; null when there was none.
    pub(in crate::reporting) from_date: Option<Date>,
    /// The day that it was due from then on.
    pub(in crate::reporting) to_date: Date,
    /// Why it was put off.
    pub(in crate::reporting) reason: String,
    /// The function that decided it.
    pub(in crate::reporting) decided_by: String,
}

#[ComplexObject]
impl FrozenCorrectiveAction {
    /// The finding that it mends.
    async fn finding(&self, ctx: &Context<'_>) -> Option<FrozenFinding> {
        let id = self.finding_id?;
        self.kin.findings(ctx, |finding| finding.id == id).pop()
    }
}

use crate::graphql::{Date, Withheld};
use async_graphql::SimpleObject;
use entity::{FollowUpStatus, Trend};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A follow-up's assessment at an occasion, as it was submitted. While it is withheld all else is null; inside the
/// municipality its occasion and status stay open.
#[derive(Clone, Debug, Default, Serialize, Deserialize, SimpleObject)]
#[serde(rename_all = "camelCase")]
pub struct FrozenAssessment {
    #[graphql(skip)]
    pub(in crate::reporting) id: Uuid,
    #[graphql(skip)]
    pub(in crate::reporting) ground: Option<String>,
    /// Whether it is confidential now, for who it is not withheld from.
    #[serde(skip)]
    #[graphql(skip)]
    pub(in crate::reporting) secret: bool,
    /// Whether what the trend compares with is confidential now, for who it is not withheld from.
    #[serde(skip)]
    #[graphql(skip)]
    pub(in crate::reporting) secret_compared: bool,
    /// The assessment of the year before that the trend compares with; none where the trend was stated.
    #[graphql(skip)]
    #[serde(default)]
    pub(in crate::reporting) compared_with: Option<Uuid>,
    /// The occasion.
    pub(in crate::reporting) occasion: Option<FrozenOccasion>,
    /// How far it had come.
    pub(in crate::reporting) status: Option<FollowUpStatus>,
    /// The level on the year's scale.
    pub(in crate::reporting) rating: Option<FrozenRatingLevel>,
    /// How much of the work was done, from 0 to 100.
    pub(in crate::reporting) progress_percent: Option<i32>,
    /// The conclusion.
    pub(in crate::reporting) conclusion: Option<String>,
    /// The development since the year before.
    pub(in crate::reporting) trend: Option<Trend>,
    /// Not null: it is confidential and not for you.
    #[serde(skip)]
    pub(in crate::reporting) withheld: Option<Withheld>,
}

/// A reporting occasion as it was called when the report was submitted.
#[derive(Clone, Debug, Default, Serialize, Deserialize, SimpleObject)]
#[serde(rename_all = "camelCase")]
pub struct FrozenOccasion {
    /// Its code.
    pub(in crate::reporting) code: String,
    /// Its label.
    pub(in crate::reporting) label: String,
    /// Its due date.
    pub(in crate::reporting) due_on: Option<Date>,
}

/// A level of the year's rating scale as it was when the report was submitted.
#[derive(Clone, Debug, Default, Serialize, Deserialize, SimpleObject)]
#[serde(rename_all = "camelCase")]
pub struct FrozenRatingLevel {
    /// Its code.
    pub(in crate::reporting) code: String,
    /// Its label.
    pub(in crate::reporting) label: Option<String>,
    /// Its place on the scale: 1 is best.
    pub(in crate::reporting) rank: i32,
    /// Its colour.
    pub(in crate::reporting) colour: Option<String>,
}

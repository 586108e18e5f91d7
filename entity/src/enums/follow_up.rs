//! Follow-ups, and the findings and actions that hang on them.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// How far a follow-up (uppföljning) has come at a reporting occasion.
#[derive(
    DeriveActiveEnum,
    EnumIter,
    Copy,
    Clone,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    async_graphql::Enum,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum FollowUpStatus {
    /// Nothing has been done yet (ej påbörjad).
    NotStarted,
    /// Being carried out, or sent back to be (pågår).
    InProgress,
    /// Assessed, and awaiting review by somebody else (bedömd).
    Assessed,
    /// Reviewed and ready to be reported (granskad).
    Reviewed,
}

/// The development since the year before (utveckling).
#[derive(
    DeriveActiveEnum,
    EnumIter,
    Copy,
    Clone,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    async_graphql::Enum,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Trend {
    /// Better than the year before (förbättrad).
    Improved,
    /// As the year before (oförändrad).
    Unchanged,
    /// Worse than the year before (försämrad).
    Worsened,
}

/// How serious a finding is (allvarlighetsgrad).
#[derive(
    DeriveActiveEnum,
    EnumIter,
    Copy,
    Clone,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    async_graphql::Enum,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Severity {
    /// Low (låg).
    Low,
    /// Medium (medel).
    Medium,
    /// High (hög).
    High,
    /// Critical (kritisk).
    Critical,
}

/// How much work it takes to mend a finding (insats).
#[derive(
    DeriveActiveEnum,
    EnumIter,
    Copy,
    Clone,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    async_graphql::Enum,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Effort {
    /// Little work (liten).
    Low,
    /// Some work (medelstor).
    Medium,
    /// Much work (stor).
    High,
}

/// How far a finding (brist, avvikelse) has come.
#[derive(
    DeriveActiveEnum,
    EnumIter,
    Copy,
    Clone,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    async_graphql::Enum,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum FindingStatus {
    /// Nothing is planned for it yet, or mending it failed (öppen).
    Open,
    /// A corrective action is planned (åtgärd planerad).
    ActionPlanned,
    /// Reported resolved, and awaiting verification (åtgärdad).
    Resolved,
    /// Verified to be resolved (verifierad).
    Verified,
    /// Accepted as it is by the department head, with a reason (accepterad).
    Accepted,
}

/// What a corrective action (åtgärd) comes from.
#[derive(
    DeriveActiveEnum,
    EnumIter,
    Copy,
    Clone,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    async_graphql::Enum,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CorrectiveActionOrigin {
    /// A control plan (internkontrollplan).
    Plan,
    /// A risk that is met directly (direktåtgärd).
    Risk,
    /// A follow-up, without any finding (uppföljning).
    FollowUp,
    /// A finding (brist).
    Finding,
}

/// How far a corrective action (åtgärd) has come. That it is overdue is not a status of its own.
#[derive(
    DeriveActiveEnum,
    EnumIter,
    Copy,
    Clone,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    async_graphql::Enum,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CorrectiveActionStatus {
    /// Decided but not begun (planerad).
    Planned,
    /// Being carried out, or found not to be done after all (pågående).
    Ongoing,
    /// Reported done, and awaiting verification by somebody else (genomförd).
    Done,
    /// Verified to be done (verifierad).
    Verified,
    /// Cancelled, with a reason (avbruten).
    Cancelled,
}

//! The control year, its scales, risks and plans.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// How far a control year (kontrollår) has come. It only moves forward.
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
pub enum ControlYearPhase {
    /// Risks are judged and plans drafted (förberedelse).
    Preparing,
    /// The plans are carried out (genomförande).
    Running,
    /// Departments report to their committees (rapportering).
    Reporting,
    /// The year is over (avslutat): only actions, decisions and dispatches still move.
    Closed,
}

/// What a year's rating scale (bedömningsskala) measures.
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
pub enum RatingBasis {
    /// How good the result of the control is (resultat).
    Result,
    /// How far the work has come (genomförande).
    Progress,
}

/// How a risk is met (riskhantering).
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
pub enum RiskTreatment {
    /// The risk is accepted as it is (acceptera).
    Accept,
    /// Something is done about it at once (direktåtgärd).
    DirectAction,
    /// It is controlled during the year (granskning).
    Control,
}

/// Whom a control point or plan applies to.
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
pub enum ControlScope {
    /// Decided once for the whole municipality and carried out in every department
    /// (kommungemensam).
    Shared,
    /// A department's or committee's own (förvaltningsspecifik).
    Department,
}

/// How far a control plan (internkontrollplan) has come.
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
pub enum ControlPlanStatus {
    /// Being drafted (utkast).
    Draft,
    /// Laid before the committee (föreslagen); it may be referred back to draft.
    Proposed,
    /// Adopted by the committee (antagen): a change now takes a new version.
    Adopted,
    /// No longer in force (avslutad).
    Closed,
}

/// What sort of thing comes along to the next control year.
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
pub enum CarryOverKind {
    /// A risk, to be judged anew.
    Risk,
    /// A control point.
    ControlPoint,
    /// A finding that is not dealt with.
    Finding,
    /// A corrective action that is not verified.
    CorrectiveAction,
}

/// What became of something that was proposed to come along to the next control year.
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
pub enum CarryOverStatus {
    /// Nobody has decided yet.
    Proposed,
    /// It came along as it was.
    Accepted,
    /// It came along with another title or to another department.
    Changed,
    /// It stays in the year that it is of.
    Dropped,
}

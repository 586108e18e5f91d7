//! What bodies propose and decide.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// Whether a body proposes or decides.
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
pub enum DecisionStage {
    /// A proposal to the body that decides (förslag).
    Proposal,
    /// The decision itself (beslut).
    Decision,
}

/// What one point of a decision (beslutspunkt) does.
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
pub enum DecisionItemNature {
    /// Proposes something to another body (förslag).
    Proposal,
    /// Decides something (beslut).
    Decision,
    /// Commissions somebody to do something (uppdrag).
    Commission,
}

/// What a body made of one point (utfall).
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
pub enum DecisionOutcome {
    /// Approved as it stands (godkänd).
    Approved,
    /// Approved with an amendment (godkänd med ändring).
    ApprovedWithAmendment,
    /// Referred back for more work (återremitterad).
    ReferredBack,
    /// Put off to a later meeting (bordlagd).
    Tabled,
    /// Noted (antecknad, lagd till handlingarna).
    Noted,
    /// Rejected (avslagen).
    Rejected,
}

/// What the minutes note with a decision.
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
pub enum DecisionNoteKind {
    /// Somebody is of another mind (reservation, avvikande mening).
    Dissent,
    /// Somebody took no part because of a conflict of interest (jäv).
    Disqualification,
}

/// How far the delivery of a decision has come (expediering).
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
pub enum DispatchStatus {
    /// It waits to be sent.
    Queued,
    /// It was sent.
    Sent,
    /// The recipient has received it.
    Received,
    /// The recipient has registered it.
    Registered,
    /// The recipient did not accept it.
    Rejected,
    /// It did not arrive: it may be sent again.
    Failed,
    /// Nobody knows whether it arrived: it is not sent again before that is found out.
    Unknown,
}

//! What departments report.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// How far a department's report (slutredovisning) has come.
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
pub enum ReportStatus {
    /// Being written (utkast).
    Draft,
    /// Submitted by the department (inlämnad): its content is frozen from here on.
    Submitted,
    /// Proposed to the committee by the department head (föreslagen).
    Proposed,
    /// Recommended by the committee's working committee (tillstyrkt).
    Recommended,
    /// Decided by the committee (beslutad); the registrar may then publish it.
    Decided,
    /// Referred back to the department (återremitterad), which makes it a draft again.
    ReferredBack,
}

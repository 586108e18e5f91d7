//! Access.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// What sort of user somebody is.
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
pub enum UserKind {
    /// A person, with roles.
    Person,
    /// A system (systemkonto), with permissions of its own and tokens to sign in with.
    Service,
}

/// How far a change that needs a second administrator has come.
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
pub enum AccessChangeStatus {
    /// It waits for a second administrator.
    Pending,
    /// A second administrator approved it: it counts.
    Approved,
    /// A second administrator rejected it: it never counts.
    Rejected,
    /// It was taken back before anybody decided.
    Withdrawn,
}

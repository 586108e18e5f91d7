//! The policies of municipalities.

use sea_orm::entity::prelude::*;

use crate::Relation;

/// A version of a municipality's policy. The one with the highest number in force is what counts;
/// without one it is the policy that the program ships with.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "policy_version")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// Its identity within the municipality.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Its number in the municipality, from 1.
    pub number: i32,
    /// The rules, one a line: `p, ROLE, object, action`.
    pub rules: String,
    /// Why it was changed.
    pub reason: Option<String>,
    /// Whether a second administrator has approved it.
    pub in_force: bool,
    /// The administrator who proposed it.
    pub proposed_by: Option<Uuid>,
    /// When it was recorded.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

//! Who holds which role, where and when.

use sea_orm::entity::prelude::*;

use crate::{Relation, Role};

/// A role given to a user for a department, for a committee, or for the whole municipality when
/// neither is named.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "role_assignment")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// Its identity within the municipality.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The user who holds the role.
    pub user_id: Uuid,
    /// The role.
    pub role: Role,
    /// The department it reaches.
    pub department_id: Option<Uuid>,
    /// The committee it reaches.
    pub committee_id: Option<Uuid>,
    /// The first day it holds.
    pub valid_from: Date,
    /// The last day it holds, itself included; none while it lasts.
    pub valid_to: Option<Date>,
    /// The user who granted it.
    pub granted_by: Option<Uuid>,
    /// Whether it holds in its period: not before a second administrator has approved one that needs it.
    pub in_force: bool,
    /// Counts its changes from 1, so that a writer can tell whether it read the latest.
    pub version: i32,
    /// When it was recorded.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

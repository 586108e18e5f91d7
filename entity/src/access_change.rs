//! What waits for a second administrator.

use sea_orm::entity::prelude::*;

use crate::{AccessChangeStatus, Relation};

/// A change of what somebody may see or do that counts only once a second administrator has
/// approved it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "access_change")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// Its identity within the municipality.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The role assignment that it would put in force.
    pub role_assignment_id: Option<Uuid>,
    /// The permission of a service account that it would put in force.
    pub service_permission_id: Option<Uuid>,
    /// The token of a service account that it would put in force.
    pub service_token_id: Option<Uuid>,
    /// The identity link that it would put in force.
    pub user_identity_id: Option<Uuid>,
    /// The version of the policy that it would put in force.
    pub policy_version_id: Option<Uuid>,
    /// How far it has come.
    pub status: AccessChangeStatus,
    /// The administrator who proposed it.
    pub proposed_by: Option<Uuid>,
    /// The administrator who approved, rejected or withdrew it.
    pub decided_by: Option<Uuid>,
    /// When that was.
    pub decided_at: Option<DateTimeUtc>,
    /// Why it was rejected or withdrawn.
    pub reason: Option<String>,
    /// Counts its changes from 1, so that a writer can tell whether it read the latest.
    pub version: i32,
    /// When it was recorded.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

//! What is done about it.

use sea_orm::entity::prelude::*;

use crate::{CorrectiveActionOrigin, CorrectiveActionStatus, Relation};

/// A corrective action (åtgärd). What it answers to depends on its origin; a finding's also names
/// the finding's follow-up.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "corrective_action")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// Its identity within the municipality.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Which of the four links below says where it comes from.
    pub origin: CorrectiveActionOrigin,
    /// The control plan it comes from.
    pub control_plan_id: Option<Uuid>,
    /// The risk it meets directly.
    pub risk_id: Option<Uuid>,
    /// The follow-up it belongs to.
    pub follow_up_id: Option<Uuid>,
    /// The finding it mends.
    pub finding_id: Option<Uuid>,
    /// The department whose action it is; none when it is the whole municipality's.
    pub department_id: Option<Uuid>,
    /// What is to be done, in short.
    pub title: String,
    /// What is to be done, in full.
    pub description: Option<String>,
    /// How far it has come.
    pub status: CorrectiveActionStatus,
    /// The function responsible for it.
    pub responsible_function: Option<String>,
    /// The day it is due, extensions included.
    pub due_on: Option<Date>,
    /// `due_on` to order by: 9999-12-31 when there is none.
    pub due_key: Date,
    /// The day it was due at first.
    pub original_due_on: Option<Date>,
    /// The earliest day it may have been done.
    pub done_earliest: Option<Date>,
    /// The latest day it may have been done.
    pub done_latest: Option<Date>,
    /// When it was done, as the source says it, such as "end of May".
    pub done_text: Option<String>,
    /// The user who reported it done.
    pub done_by: Option<Uuid>,
    /// The user who verified that it is, never the one who carried it out.
    pub verified_by: Option<Uuid>,
    /// Why it had to go on the last time that verifying it failed.
    pub reopened_reason: Option<String>,
    /// Why it was cancelled.
    pub cancelled_reason: Option<String>,
    /// The action of the year before that it carries on.
    pub carried_from_id: Option<Uuid>,
    /// The user who registered it.
    pub registered_by: Option<Uuid>,
    /// The provision it is confidential under while it is marked, such as "OSL 18 kap. 8 §".
    pub secrecy_ground: Option<String>,
    /// Counts its changes from 1, so that a writer can tell whether it read the latest.
    pub version: i32,
    /// When it was recorded.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

//! The plans that committees adopt.

use sea_orm::entity::prelude::*;

use crate::{ControlPlanStatus, ControlScope, Relation};

/// One version of an internal control plan (internkontrollplan). It belongs to a committee.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "control_plan")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// Its identity within the municipality.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The year.
    pub control_year_id: Uuid,
    /// Whether it is the shared plan.
    pub scope: ControlScope,
    /// The committee whose plan it is.
    pub committee_id: Uuid,
    /// The department it is for; none for the shared plan and for a committee's own.
    pub department_id: Option<Uuid>,
    /// How far it has come.
    pub status: ControlPlanStatus,
    /// Which version of the plan it is, from 1.
    pub plan_version: i32,
    /// The first day it holds.
    pub valid_from: Option<Date>,
    /// The date of the decision that adopted it.
    pub adopted_on: Option<Date>,
    /// The version it replaces.
    pub supersedes_id: Option<Uuid>,
    /// The user who proposed it to the committee.
    pub proposed_by: Option<Uuid>,
    /// Counts its changes from 1, so that a writer can tell whether it read the latest.
    pub version: i32,
    /// When it was recorded.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

//! Which committee a department answers to, and when.

use sea_orm::entity::prelude::*;

use crate::Relation;

/// A period during which a department answers to a committee; last year's report keeps last year's
/// organisation.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "department_committee")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// Its identity within the municipality.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The department.
    pub department_id: Uuid,
    /// The committee it answers to.
    pub committee_id: Uuid,
    /// The first day of the period.
    pub valid_from: Date,
    /// The last day of the period, itself included; none while it lasts.
    pub valid_to: Option<Date>,
    /// Counts its changes from 1, so that a writer can tell whether it read the latest.
    pub version: i32,
    /// When it was recorded.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

//! When checks are planned.

use sea_orm::entity::prelude::*;

use crate::Relation;

/// A time in the year at which a control point is to be checked.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "scheduled_time")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// Its identity within the municipality.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The point that is to be checked.
    pub control_point_id: Uuid,
    /// The first day that it can be checked.
    pub earliest: Date,
    /// The last day that it can be checked.
    pub latest: Date,
    /// The time as it is stated, such as "end of May".
    pub text: String,
    /// When it was recorded.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

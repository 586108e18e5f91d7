//! The control points of a plan.

use sea_orm::entity::prelude::*;

use crate::Relation;

/// A control point's place in a control plan.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "plan_point")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// Its identity within the municipality.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The plan.
    pub control_plan_id: Uuid,
    /// The control point.
    pub control_point_id: Uuid,
    /// Its number in this plan.
    pub number: i32,
    /// The function that answers for it here.
    pub local_owner: Option<String>,
    /// When it was recorded.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

//! Which risks a control point answers to.

use sea_orm::entity::prelude::*;

use crate::Relation;

/// A risk that a control point answers to.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "risk_control_point")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// The risk.
    #[sea_orm(primary_key, auto_increment = false)]
    pub risk_id: Uuid,
    /// The control point.
    #[sea_orm(primary_key, auto_increment = false)]
    pub control_point_id: Uuid,
}

impl ActiveModelBehavior for ActiveModel {}

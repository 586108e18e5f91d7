//! Where a shared point does not apply.

use sea_orm::entity::prelude::*;

use crate::Relation;

/// A department's exemption (undantag) from a shared control point.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "exemption")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// Its identity within the municipality.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The control point.
    pub control_point_id: Uuid,
    /// The department it does not apply to.
    pub department_id: Uuid,
    /// Why it does not apply.
    pub reason: String,
    /// The user who decided it.
    pub decided_by: Option<Uuid>,
    /// When it was recorded.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

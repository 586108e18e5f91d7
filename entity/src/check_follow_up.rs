//! Which follow-ups a check shows in.

use sea_orm::entity::prelude::*;

use crate::Relation;

/// A follow-up that a check shows in.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "check_follow_up")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// The check.
    #[sea_orm(primary_key, auto_increment = false)]
    pub control_check_id: Uuid,
    /// The follow-up.
    #[sea_orm(primary_key, auto_increment = false)]
    pub follow_up_id: Uuid,
    /// When it began to show there.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

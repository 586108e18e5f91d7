//! Which follow-ups a review concerns.

use sea_orm::entity::prelude::*;

use crate::Relation;

/// A follow-up that a review concerns.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "review_follow_up")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// The review.
    #[sea_orm(primary_key, auto_increment = false)]
    pub review_id: Uuid,
    /// The follow-up.
    #[sea_orm(primary_key, auto_increment = false)]
    pub follow_up_id: Uuid,
}

impl ActiveModelBehavior for ActiveModel {}

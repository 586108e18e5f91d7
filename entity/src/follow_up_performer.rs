//! Who carries out a follow-up.

use sea_orm::entity::prelude::*;

use crate::Relation;

/// A user assigned to carry out a follow-up (kontrollutförare).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "follow_up_performer")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// The follow-up.
    #[sea_orm(primary_key, auto_increment = false)]
    pub follow_up_id: Uuid,
    /// The user.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Uuid,
}

impl ActiveModelBehavior for ActiveModel {}

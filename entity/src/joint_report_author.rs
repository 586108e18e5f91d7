//! Who wrote a joint report.

use sea_orm::entity::prelude::*;

use crate::Relation;

/// A user who wrote a joint report, and so by default does not propose it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "joint_report_author")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// The report.
    #[sea_orm(primary_key, auto_increment = false)]
    pub joint_report_id: Uuid,
    /// The user.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Uuid,
}

impl ActiveModelBehavior for ActiveModel {}

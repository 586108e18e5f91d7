//! Who wrote a report.

use sea_orm::entity::prelude::*;

use crate::Relation;

/// A user who wrote a department report, and so by default does not propose it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "report_author")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// The report.
    #[sea_orm(primary_key, auto_increment = false)]
    pub department_report_id: Uuid,
    /// The user.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Uuid,
}

impl ActiveModelBehavior for ActiveModel {}

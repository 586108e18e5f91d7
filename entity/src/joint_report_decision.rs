//! What is proposed and decided on joint reports.

use sea_orm::entity::prelude::*;

use crate::Relation;

/// The joint report that a decision is about.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "joint_report_decision")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// The decision.
    #[sea_orm(primary_key, auto_increment = false)]
    pub decision_id: Uuid,
    /// The joint report.
    pub joint_report_id: Uuid,
}

impl ActiveModelBehavior for ActiveModel {}

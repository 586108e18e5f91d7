//! What a joint report explains instead of showing.

use sea_orm::entity::prelude::*;

use crate::Relation;

/// Why a joint report is submitted although a department has not reported everything.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "joint_report_gap")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// Its identity within the municipality.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The report.
    pub joint_report_id: Uuid,
    /// The department.
    pub department_id: Uuid,
    /// Why it has not reported.
    pub explanation: String,
    /// When it was recorded.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

//! What a report explains instead of reporting.

use sea_orm::entity::prelude::*;

use crate::Relation;

/// The explanation a report gives for a control point that was not followed up.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "report_gap")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// Its identity within the municipality.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The report.
    pub department_report_id: Uuid,
    /// The control point.
    pub control_point_id: Uuid,
    /// Why it was not followed up.
    pub explanation: String,
    /// When it was recorded.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

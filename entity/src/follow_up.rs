//! A department's work on a control point.

use sea_orm::entity::prelude::*;

use crate::Relation;

/// A follow-up (uppföljning): one department's work on one control point in one year, which its
/// checks, findings and actions hang on.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "follow_up")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// Its identity within the municipality.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The year.
    pub control_year_id: Uuid,
    /// The control point.
    pub control_point_id: Uuid,
    /// The department.
    pub department_id: Uuid,
    /// The point's place in the department's plan.
    pub plan_point_id: Uuid,
    /// Counts its changes from 1, so that a writer can tell whether it read the latest.
    pub version: i32,
    /// When it was recorded.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

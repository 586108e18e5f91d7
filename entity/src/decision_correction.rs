//! Which decision was recorded wrongly.

use sea_orm::entity::prelude::*;

use crate::Relation;

/// That the record of a decision corrects an earlier one (rättelse), which stays as it was recorded.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "decision_correction")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// The corrected record.
    #[sea_orm(primary_key, auto_increment = false)]
    pub decision_id: Uuid,
    /// The record that was wrong.
    pub corrected_id: Uuid,
    /// What was wrong with it.
    pub reason: String,
    /// When it was recorded.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

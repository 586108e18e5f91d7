//! How far reminders are planned.

use sea_orm::entity::prelude::*;

use crate::Relation;

/// The last day that a municipality's reminders were planned for.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reminder_day")]
pub struct Model {
    /// The municipality.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// The day.
    pub planned_on: Date,
}

impl ActiveModelBehavior for ActiveModel {}

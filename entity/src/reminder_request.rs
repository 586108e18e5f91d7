//! Reminders that somebody asked for.

use sea_orm::entity::prelude::*;

use crate::Relation;

/// What the coordinator asked to remind of: all that waits at an occasion, in one department or in all.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reminder_request")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// Its identity within the municipality.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The reporting occasion.
    pub occasion_id: Uuid,
    /// The department; none for all.
    pub department_id: Option<Uuid>,
    /// Who asked.
    pub requested_by: Option<Uuid>,
    /// How many reminders came of it; none while it waits to be carried out.
    pub reminders: Option<i32>,
    /// When it was recorded.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

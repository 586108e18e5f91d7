//! How long an action was put off.

use sea_orm::entity::prelude::*;

use crate::Relation;

/// A later due date given to a corrective action (förlängd tid).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "action_extension")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// Its identity within the municipality.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The action.
    pub corrective_action_id: Uuid,
    /// The due date before; none when there was none.
    pub from_date: Option<Date>,
    /// The due date from then on.
    pub to_date: Date,
    /// Why it was put off.
    pub reason: String,
    /// The function that decided it.
    pub decided_by_function: String,
    /// The user who recorded it.
    pub recorded_by: Option<Uuid>,
    /// When it was recorded.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

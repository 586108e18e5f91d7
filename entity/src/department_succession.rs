//! Which department carries on another's work.

use sea_orm::entity::prelude::*;

use crate::Relation;

/// That a department carries on the work of another from a day on (efterträdare): after a merger, a division or a change
/// of name that made a new department.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "department_succession")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// Its identity within the municipality.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The department whose work is carried on.
    pub department_id: Uuid,
    /// The department that carries it on.
    pub successor_id: Uuid,
    /// The first day that it does.
    pub valid_from: Date,
    /// When it was recorded.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

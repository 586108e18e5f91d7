//! What is controlled.

use sea_orm::entity::prelude::*;

use crate::{ControlScope, Relation, StringList};

/// A control point (kontrollpunkt, kontrollmoment). A shared one exists once, however many plans
/// it is in.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "control_point")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// Its identity within the municipality.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The year.
    pub control_year_id: Uuid,
    /// Whether it is shared by all departments.
    pub scope: ControlScope,
    /// The department whose own point it is; never set on a shared one.
    pub department_id: Option<Uuid>,
    /// What is controlled.
    pub title: String,
    /// The process it belongs to.
    pub process: Option<String>,
    /// Why it is controlled.
    pub purpose: Option<String>,
    /// What the control covers (omfattning), in words.
    pub scope_text: Option<String>,
    /// How it is controlled.
    pub method: Option<String>,
    /// How often or when: one or more frequencies or times.
    #[sea_orm(column_type = "JsonBinary")]
    pub schedule: StringList,
    /// The functions responsible for the control.
    #[sea_orm(column_type = "JsonBinary")]
    pub responsible_functions: StringList,
    /// The same point the year before.
    pub previous_point_id: Option<Uuid>,
    /// Counts its changes from 1, so that a writer can tell whether it read the latest.
    pub version: i32,
    /// When it was recorded.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

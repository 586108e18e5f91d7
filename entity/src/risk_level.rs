//! The risk scale of a year.

use sea_orm::entity::prelude::*;

use crate::Relation;

/// One level of a year's risk scale (riskskala).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "risk_level")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// Its identity within the municipality.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The year.
    pub control_year_id: Uuid,
    /// What risks from the threshold upwards are called.
    pub label: String,
    /// The risk value from which the label holds.
    pub from_value: i32,
    /// The colour it is shown in.
    pub colour: Option<String>,
    /// When it was recorded.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

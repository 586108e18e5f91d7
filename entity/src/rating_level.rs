//! The rating scale of a year.

use sea_orm::entity::prelude::*;

use crate::Relation;

/// One level of a year's rating scale (bedömningsskala).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "rating_level")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// Its identity within the municipality.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The year.
    pub control_year_id: Uuid,
    /// Its code, unique in the year.
    pub code: String,
    /// What it is called.
    pub label: Option<String>,
    /// Its place on the scale; 1 is the best.
    pub rank: i32,
    /// The colour it is shown in.
    pub colour: Option<String>,
    /// When it was recorded.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

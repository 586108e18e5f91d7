//! The years of internal control.

use sea_orm::entity::prelude::*;

use crate::{ControlYearPhase, RatingBasis, Relation};

/// A control year (kontrollår), with the settings of its two scales.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "control_year")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// Its identity within the municipality.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The calendar year, unique in the municipality.
    pub year: i32,
    /// How far the year has come.
    pub phase: ControlYearPhase,
    /// What the year's rating scale measures.
    pub rating_basis: RatingBasis,
    /// Whether a follow-up can be assessed only with a rating.
    pub rating_required: bool,
    /// The highest likelihood, and the highest consequence, that a risk can have.
    pub risk_maximum: Option<i32>,
    /// Counts its changes from 1, so that a writer can tell whether it read the latest.
    pub version: i32,
    /// When it was recorded.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

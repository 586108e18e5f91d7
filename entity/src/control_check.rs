//! The controls performed.

use sea_orm::entity::prelude::*;

use crate::Relation;

/// A check (kontroll, granskning): one performed control, of one follow-up or of several. Zero
/// deviations and none stated are different things.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "control_check")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// Its identity within the municipality.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The shared point that it was performed for centrally; none for one follow-up's own check.
    pub control_point_id: Option<Uuid>,
    /// Whether it was performed for every department that the point applies to, also those that begin later.
    pub for_all: bool,
    /// What was checked.
    pub title: String,
    /// How it was checked.
    pub method: Option<String>,
    /// The function that performed it, perhaps another department's.
    pub performed_by: Option<String>,
    /// The earliest day it may have been performed.
    pub performed_earliest: Option<Date>,
    /// The latest day it may have been performed.
    pub performed_latest: Option<Date>,
    /// When it was performed, as the source says it, such as "end of May".
    pub performed_text: Option<String>,
    /// How many there were to check.
    pub population: Option<i32>,
    /// How many were checked.
    pub sample_size: Option<i32>,
    /// How many of them deviated.
    pub deviations: Option<i32>,
    /// Why those were chosen.
    pub selection_motive: Option<String>,
    /// The result in words.
    pub result: Option<String>,
    /// Whether the result was satisfactory.
    pub satisfactory: Option<bool>,
    /// The user who registered it.
    pub registered_by: Option<Uuid>,
    /// The provision it is confidential under while it is marked, such as "OSL 18 kap. 8 §".
    pub secrecy_ground: Option<String>,
    /// Counts its changes from 1, so that a writer can tell whether it read the latest.
    pub version: i32,
    /// When it was recorded.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

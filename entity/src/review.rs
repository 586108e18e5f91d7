//! Reviews by others.

use sea_orm::entity::prelude::*;

use crate::Relation;

/// A review by others (extern granskning, revisionsrapport), such as the municipal auditors.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "review")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// Its identity within the municipality.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What the review is called.
    pub title: String,
    /// Who reviewed.
    pub reviewer: String,
    /// The earliest day it may have been performed.
    pub performed_earliest: Option<Date>,
    /// The latest day it may have been performed.
    pub performed_latest: Option<Date>,
    /// When it was performed, as the source says it, such as "end of May".
    pub performed_text: Option<String>,
    /// Whether it was announced beforehand.
    pub announced: Option<bool>,
    /// The starting conditions (förutsättningar).
    pub conditions: Option<String>,
    /// What it covered, in words.
    pub scope_text: Option<String>,
    /// The date of its report.
    pub dated: Option<Date>,
    /// The report's number in the registry.
    pub registration_number: Option<String>,
    /// The registry's case.
    pub case_file_id: Option<Uuid>,
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

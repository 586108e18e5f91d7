//! When in the year departments report.

use sea_orm::entity::prelude::*;

use crate::Relation;

/// A reporting occasion (uppföljningstillfälle): a part of the year, or its end.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reporting_occasion")]
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
    /// What it is called, such as "Helår".
    pub label: String,
    /// Its place among the year's occasions; the last one is the annual one.
    pub position: i32,
    /// The day reports are due.
    pub due_on: Option<Date>,
    /// Counts its changes from 1, so that a writer can tell whether it read the latest.
    pub version: i32,
    /// When it was recorded.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

//! What the municipality reports jointly.

use sea_orm::entity::prelude::*;

use crate::{Relation, ReportStatus};

/// The joint report of the shared points across all departments (gemensam uppföljning), which the
/// executive board decides on. Its content is frozen and hashed from submission on.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "joint_report")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// Its identity within the municipality.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The year.
    pub control_year_id: Uuid,
    /// The reporting occasion.
    pub occasion_id: Uuid,
    /// The department that compiles it for the board.
    pub department_id: Uuid,
    /// The executive board.
    pub committee_id: Uuid,
    /// How far it has come.
    pub status: ReportStatus,
    /// Its title.
    pub title: String,
    /// The date it bears.
    pub dated: Option<Date>,
    /// Its background (bakgrund).
    pub background: Option<String>,
    /// Its summary (sammanfattning).
    pub summary: Option<String>,
    /// The registry's case.
    pub case_file_id: Option<Uuid>,
    /// The whole content as submitted.
    #[sea_orm(column_type = "JsonBinary")]
    pub frozen: Option<Json>,
    /// The SHA-256 of `frozen` as canonical JSON (RFC 8785), in hexadecimal.
    pub content_hash: Option<String>,
    /// The user who submitted it.
    pub submitted_by: Option<Uuid>,
    /// When it was submitted.
    pub submitted_at: Option<DateTimeUtc>,
    /// The user who proposed it to the committee.
    pub proposed_by: Option<Uuid>,
    /// Whether that was somebody who had written on it, as the policy of a small municipality may allow.
    pub proposed_by_author: bool,
    /// When the registrar released it to the public.
    pub published_at: Option<DateTimeUtc>,
    /// The registrar who released it.
    pub published_by: Option<Uuid>,
    /// Counts its changes from 1, so that a writer can tell whether it read the latest.
    pub version: i32,
    /// When it was recorded.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

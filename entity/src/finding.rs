//! What checks and reviews found wanting.

use sea_orm::entity::prelude::*;

use crate::{Effort, FindingStatus, Relation, Severity};

/// A finding (brist, avvikelse) from a check or a review.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "finding")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// Its identity within the municipality.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The follow-up it belongs to.
    pub follow_up_id: Uuid,
    /// The check that found it.
    pub control_check_id: Option<Uuid>,
    /// The review that found it.
    pub review_id: Option<Uuid>,
    /// The area it concerns.
    pub area: Option<String>,
    /// How serious it is; none when unknown.
    pub severity: Option<Severity>,
    /// `severity` as a number to order by: 0 when unknown, 4 when critical.
    pub severity_rank: i32,
    /// The effort it takes to mend.
    pub effort: Option<Effort>,
    /// Where the classification comes from.
    pub severity_basis: Option<String>,
    /// How far it has come.
    pub status: FindingStatus,
    /// What is wrong, in short.
    pub title: String,
    /// What is wrong, in full.
    pub description: Option<String>,
    /// How many are affected, such as 6 of 110 servers.
    pub affected: Option<i32>,
    /// How many there are in all.
    pub population: Option<i32>,
    /// The user who accepted it as it is.
    pub accepted_by: Option<Uuid>,
    /// Why it was accepted.
    pub accepted_reason: Option<String>,
    /// Why it was opened again the last time that verifying it failed.
    pub reopened_reason: Option<String>,
    /// The user who reported it resolved.
    pub resolved_by: Option<Uuid>,
    /// The user who verified that it is.
    pub verified_by: Option<Uuid>,
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

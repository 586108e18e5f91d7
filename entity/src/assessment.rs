//! How a follow-up is judged at an occasion.

use sea_orm::entity::prelude::*;

use crate::{FollowUpStatus, Relation, Trend};

/// An assessment (bedömning) of a follow-up at one reporting occasion, with a life cycle of its
/// own.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "assessment")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// Its identity within the municipality.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The follow-up.
    pub follow_up_id: Uuid,
    /// The reporting occasion.
    pub occasion_id: Uuid,
    /// How far it has come.
    pub status: FollowUpStatus,
    /// The level chosen on the year's rating scale.
    pub rating_level_id: Option<Uuid>,
    /// How much of the work is done, from 0 to 100.
    pub progress_percent: Option<i32>,
    /// The conclusion drawn.
    pub conclusion: Option<String>,
    /// The assessor's own word on the development since last year.
    pub stated_trend: Option<Trend>,
    /// The user who assessed.
    pub assessed_by: Option<Uuid>,
    /// When it was assessed.
    pub assessed_at: Option<DateTimeUtc>,
    /// The user who reviewed, never the one who assessed.
    pub reviewed_by: Option<Uuid>,
    /// When it was reviewed.
    pub reviewed_at: Option<DateTimeUtc>,
    /// Why the reviewer sent it back.
    pub sent_back_reason: Option<String>,
    /// The provision it is confidential under while it is marked, such as "OSL 18 kap. 8 §".
    pub secrecy_ground: Option<String>,
    /// Counts its changes from 1, so that a writer can tell whether it read the latest.
    pub version: i32,
    /// When it was recorded.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

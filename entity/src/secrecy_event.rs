//! The history of secrecy marks.

use sea_orm::entity::prelude::*;

use crate::Relation;

/// A secrecy mark (sekretessmarkering) set on one thing or lifted from it; never changed
/// afterwards.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "secrecy_event")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// Its identity within the municipality.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The finding, if that is the thing.
    pub finding_id: Option<Uuid>,
    /// The check, if that is the thing.
    pub control_check_id: Option<Uuid>,
    /// The review, if that is the thing.
    pub review_id: Option<Uuid>,
    /// The action, if that is the thing.
    pub corrective_action_id: Option<Uuid>,
    /// The assessment, if that is the thing.
    pub assessment_id: Option<Uuid>,
    /// The document, if that is the thing.
    pub document_id: Option<Uuid>,
    /// Whether the mark was set; lifted if not.
    pub marked: bool,
    /// The provision, such as "OSL 18 kap. 8 §".
    pub ground: String,
    /// Why it was set or lifted.
    pub reason: Option<String>,
    /// The user who set or lifted it.
    pub recorded_by: Option<Uuid>,
    /// When it was set or lifted.
    pub occurred_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

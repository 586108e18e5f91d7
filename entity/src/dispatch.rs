//! How a decision is sent.

use sea_orm::entity::prelude::*;

use crate::{DispatchStatus, Relation};

/// The delivery of a decision to one recipient (expediering).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "dispatch")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// Its identity within the municipality.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The recipient.
    pub recipient_id: Uuid,
    /// How far it has come.
    pub status: DispatchStatus,
    /// What was said with the last change, such as why it failed.
    pub note: Option<String>,
    /// The number that the recipient registered it under.
    pub registration_number: Option<String>,
    /// When its status last changed.
    pub changed_at: DateTimeUtc,
    /// Counts its changes from 1, so that a writer can tell whether it read the latest.
    pub version: i32,
    /// When it was recorded.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

//! The files that are attached to things.

use sea_orm::entity::prelude::*;

use crate::Relation;

/// A file (bilaga) that is attached to one thing. Its content is in the file store, under the municipality's id and its
/// own; it never changes, and is there for as long as the file was not removed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attachment")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// Its identity within the municipality.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The follow-up that the thing hangs on, where it can hang on no other; the thing itself when no other is named.
    pub follow_up_id: Option<Uuid>,
    /// The check, if that is the thing.
    pub control_check_id: Option<Uuid>,
    /// The review, if that is the thing.
    pub review_id: Option<Uuid>,
    /// The finding, if that is the thing.
    pub finding_id: Option<Uuid>,
    /// The action, if that is the thing.
    pub corrective_action_id: Option<Uuid>,
    /// The document, if that is the thing.
    pub document_id: Option<Uuid>,
    /// What the file is called.
    pub file_name: String,
    /// The media type of its content, without parameters.
    pub media_type: String,
    /// How many bytes it has.
    pub size: i32,
    /// SHA-256 of its content, in hexadecimal.
    pub sha256: String,
    /// The user who uploaded it.
    pub uploaded_by: Option<Uuid>,
    /// The user who removed it.
    pub removed_by: Option<Uuid>,
    /// When it was removed.
    pub removed_at: Option<DateTimeUtc>,
    /// Counts its changes from 1, so that a writer can tell whether it read the latest.
    pub version: i32,
    /// When it was uploaded.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

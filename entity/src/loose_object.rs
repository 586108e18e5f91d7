//! What may be in the file store and is no attachment's.

use sea_orm::entity::prelude::*;

use crate::Relation;

/// An object in the file store that no attachment refers to: one that is being uploaded, or that is to be removed. What
/// is in neither table was never put there.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "loose_object")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// The object's id: the one of the attachment that it was to become, or was.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// When the upload began or the attachment was removed, by the real time.
    pub since: DateTimeUtc,
    /// Whether it is to be removed, and can no longer become an attachment.
    pub doomed: bool,
}

impl ActiveModelBehavior for ActiveModel {}

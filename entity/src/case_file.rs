//! The cases of the registry.

use sea_orm::entity::prelude::*;

use crate::Relation;

/// A case of the registry (ärende). Its number belongs to the registry and is never minted here.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_file")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// Its identity within the municipality.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The registry's number (diarienummer), an opaque text unique in the municipality.
    pub number: String,
    /// What the case is called.
    pub title: Option<String>,
    /// Counts its changes from 1, so that a writer can tell whether it read the latest.
    pub version: i32,
    /// When it was recorded.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

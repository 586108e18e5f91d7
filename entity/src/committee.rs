//! The bodies of elected members.

use sea_orm::entity::prelude::*;

use crate::{CommitteeKind, Relation};

/// A committee (nämnd, styrelse, utskott, fullmäktige): answerable for its own internal control.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "committee")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// Its identity within the municipality.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Its code, unique in the municipality.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Collation key of `name`: ordered by its bytes, names come in Swedish order.
    pub name_key: Vec<u8>,
    /// What sort of body it is.
    pub kind: CommitteeKind,
    /// The committee it prepares matters for, or reports to.
    pub parent_id: Option<Uuid>,
    /// Counts its changes from 1, so that a writer can tell whether it read the latest.
    pub version: i32,
    /// When it was recorded.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

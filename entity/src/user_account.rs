//! The people who sign in.

use sea_orm::entity::prelude::*;

use crate::{Language, Relation, UserKind};

/// A user (användare) of one municipality.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user_account")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// Its identity within the municipality.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The name they sign in under, unique in the municipality.
    pub username: String,
    /// Their name.
    pub name: String,
    /// Collation key of `name`: ordered by its bytes, names come in Swedish order.
    pub name_key: Vec<u8>,
    /// Their e-mail address.
    pub email: Option<String>,
    /// The language they are written to in; none for that of the installation.
    pub language: Option<Language>,
    /// Whether it is a person or a system.
    pub kind: UserKind,
    /// Whether they may sign in.
    pub active: bool,
    /// Counts its changes from 1, so that a writer can tell whether it read the latest.
    pub version: i32,
    /// When it was recorded.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

//! The mutations that must not be repeated.

use sea_orm::entity::prelude::*;

use crate::Relation;

/// The key a client sent with a mutation, and what came of it, so that a repeat gives the same
/// answer.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency_key")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// The user who sent it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub actor_id: Uuid,
    /// The mutation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub mutation: String,
    /// The key, chosen by the client.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// The hash of the input, to tell a repeat from a key used twice.
    pub input_hash: String,
    /// What the mutation made or changed.
    pub object_id: Uuid,
    /// When it was recorded.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

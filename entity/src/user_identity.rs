//! How users sign in through a provider.

use sea_orm::entity::prelude::*;

use crate::Relation;

/// Binds a subject of an OpenID Connect provider to a user: who comes with its token is that user.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user_identity")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// Its identity within the municipality.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The user.
    pub user_id: Uuid,
    /// The provider: the `iss` of its tokens.
    pub issuer: String,
    /// Who it is there: the claim that the provider is set up to tell people by, `sub` mostly.
    pub subject: String,
    /// Whether it holds: not before a second administrator has approved it, and not after it was ended.
    pub in_force: bool,
    /// The administrator who made it.
    pub linked_by: Option<Uuid>,
    /// Counts its changes from 1, so that a writer can tell whether it read the latest.
    pub version: i32,
    /// When it was recorded.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

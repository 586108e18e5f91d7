//! The tokens of service accounts.

use sea_orm::entity::prelude::*;

use crate::Relation;

/// A named token that a service account signs in with. The token itself is nowhere stored.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "service_token")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// Its identity within the municipality.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The service account.
    pub user_id: Uuid,
    /// What it is for, such as the system that has it.
    pub name: String,
    /// SHA-256 of the token, in hexadecimal.
    pub token_hash: String,
    /// The end of the token, to tell it by.
    pub hint: String,
    /// When it stops working.
    pub expires_at: DateTimeUtc,
    /// When it was revoked, if it was.
    pub revoked_at: Option<DateTimeUtc>,
    /// When it was last used, to the minute; none when it never was.
    pub last_used_at: Option<DateTimeUtc>,
    /// Whether it works: not before a second administrator has approved one that needs it.
    pub in_force: bool,
    /// The administrator who made it, and was shown it.
    pub issued_by: Option<Uuid>,
    /// Counts its changes from 1, so that a writer can tell whether it read the latest.
    pub version: i32,
    /// When it was recorded.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

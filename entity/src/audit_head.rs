//! How far each municipality's audit log has come.

use sea_orm::entity::prelude::*;

use crate::Relation;

/// The number of a municipality's latest audit event. Every writer locks this row, which puts
/// events in order.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_head")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// The number of the latest event; 0 before the first.
    pub sequence: i64,
    /// The hash of the latest event.
    pub hash: String,
    /// The key that signed it.
    pub key_id: Option<String>,
    /// The Ed25519 signature of the head, in base64, by a key that is kept outside the database.
    pub signature: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

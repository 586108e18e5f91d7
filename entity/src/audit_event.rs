//! The audit log.

use sea_orm::entity::prelude::*;

use crate::Relation;

/// Something somebody did, recorded in the transaction that did it and never changed afterwards.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_event")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// Its number in the municipality's log.
    #[sea_orm(primary_key, auto_increment = false)]
    pub sequence: i64,
    /// When it was done.
    pub occurred_at: DateTimeUtc,
    /// The user who did it; none when it was not a user.
    pub actor_id: Option<Uuid>,
    /// Who did it, as they were called then.
    pub actor: String,
    /// The request it was done in.
    pub request_id: Option<Uuid>,
    /// What was done.
    pub action: String,
    /// The type of the thing it was done to.
    pub subject_type: String,
    /// The thing it was done to.
    pub subject_id: Option<Uuid>,
    /// What changed; none once it was lawfully erased.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub payload: Option<Json>,
    /// What the payload's digest is salted with; erased with it, so that the digest gives nothing away.
    pub salt: Option<Vec<u8>>,
    /// SHA-256 of the salt and the payload as RFC 8785 JSON, in hexadecimal.
    pub payload_digest: String,
    /// SHA-256 of this event and the one before it, in hexadecimal: a link of the chain.
    pub hash: String,
}

impl ActiveModelBehavior for ActiveModel {}

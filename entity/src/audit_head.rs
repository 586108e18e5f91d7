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
    /// The number of the latest event.
    pub sequence: i64,
}

impl ActiveModelBehavior for ActiveModel {}

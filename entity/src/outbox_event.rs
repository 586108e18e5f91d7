//! The events that await delivery.

use sea_orm::entity::prelude::*;

use crate::Relation;

/// A change that others are to be told of, recorded in the transaction that made it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox_event")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// Its number in the municipality.
    #[sea_orm(primary_key, auto_increment = false)]
    pub sequence: i64,
    /// What happened.
    pub kind: String,
    /// The type of the thing it happened to.
    pub subject_type: String,
    /// The thing it happened to.
    pub subject_id: Uuid,
    /// What a receiver is told.
    #[sea_orm(column_type = "JsonBinary")]
    pub payload: Json,
    /// When it happened.
    pub occurred_at: DateTimeUtc,
    /// When it was handed on; none while it waits.
    pub dispatched_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

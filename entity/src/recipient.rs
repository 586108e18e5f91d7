//! Whom a decision is sent to.

use sea_orm::entity::prelude::*;

use crate::Relation;

/// A recipient of a decision (beslutet skickas till).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "recipient")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// Its identity within the municipality.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The decision.
    pub decision_id: Uuid,
    /// Its place in the list of recipients.
    pub number: i32,
    /// Who receives it, as the source names them.
    pub name: String,
    /// Whether it is only filed ("Akten"), not delivered.
    pub filing_only: bool,
    /// When it was recorded.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

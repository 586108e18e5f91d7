//! The tenants.

use sea_orm::entity::prelude::*;

use crate::{Relation, StringList};

/// A municipality (kommun): the tenant that every other row belongs to.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "municipality")]
pub struct Model {
    /// Its identity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The four digits of its municipality code (kommunkod).
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its organisation number (organisationsnummer).
    pub organisation_number: Option<String>,
    /// The host names that its public reads it at.
    #[sea_orm(column_type = "JsonBinary")]
    pub host_names: StringList,
    /// When it was recorded.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

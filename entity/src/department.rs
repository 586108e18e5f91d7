//! The administration that carries out the control.

use sea_orm::entity::prelude::*;

use crate::{DepartmentKind, Relation};

/// A department (förvaltning), a section of one, or a municipal company (kommunalt bolag).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "department")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// Its identity within the municipality.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Its code, unique in the municipality.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Collation key of `name`: ordered by its bytes, names come in Swedish order.
    pub name_key: Vec<u8>,
    /// What sort of unit it is.
    pub kind: DepartmentKind,
    /// The department it is a part of.
    pub parent_id: Option<Uuid>,
    /// Its place in the municipality's own order of departments.
    pub position: i32,
    /// Counts its changes from 1, so that a writer can tell whether it read the latest.
    pub version: i32,
    /// When it was recorded.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

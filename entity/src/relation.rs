//! What all entities have in common.

use sea_orm::entity::prelude::*;

/// No relations: rows are read by key, because SeaORM's loaders send one statement for every
/// length of the list of parents.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

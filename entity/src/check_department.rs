//! Which departments a central check was performed for.

use sea_orm::entity::prelude::*;

use crate::Relation;

/// A department that a central check was performed for, where it was not for every one.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "check_department")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// The check.
    #[sea_orm(primary_key, auto_increment = false)]
    pub control_check_id: Uuid,
    /// The department.
    #[sea_orm(primary_key, auto_increment = false)]
    pub department_id: Uuid,
}

impl ActiveModelBehavior for ActiveModel {}

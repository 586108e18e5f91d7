//! The documents of a case or report.

use sea_orm::entity::prelude::*;

use crate::Relation;

/// A document (handling) of a case or a report: a cover letter, plan, report or attachment.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "document")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// Its identity within the municipality.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The case it belongs to.
    pub case_file_id: Option<Uuid>,
    /// The report it belongs to.
    pub department_report_id: Option<Uuid>,
    /// What sort of document it is, such as "missiv" or "bilaga".
    pub kind: String,
    /// Its title.
    pub title: String,
    /// The date it bears.
    pub dated: Option<Date>,
    /// Its number in the registry.
    pub registration_number: Option<String>,
    /// The user who registered it.
    pub registered_by: Option<Uuid>,
    /// The provision it is confidential under while it is marked, such as "OSL 18 kap. 8 §".
    pub secrecy_ground: Option<String>,
    /// Counts its changes from 1, so that a writer can tell whether it read the latest.
    pub version: i32,
    /// When it was recorded.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

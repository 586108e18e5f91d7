//! What comes along to the next control year.

use sea_orm::entity::prelude::*;

use crate::{CarryOverKind, CarryOverStatus, Relation};

/// Something of a control year that is proposed to come along to the next, and what became of the proposal. One of the
/// four links says what it is.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "carry_over")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// Its identity within the municipality.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The control year that it would come along to.
    pub control_year_id: Uuid,
    /// What sort of thing it is.
    pub kind: CarryOverKind,
    /// The risk.
    pub risk_id: Option<Uuid>,
    /// The control point.
    pub control_point_id: Option<Uuid>,
    /// The finding.
    pub finding_id: Option<Uuid>,
    /// The corrective action.
    pub corrective_action_id: Option<Uuid>,
    /// The department that it was of; none when it is the whole municipality's.
    pub from_department_id: Option<Uuid>,
    /// The department that it lands on; none when it is the whole municipality's, or while that is to be decided.
    pub department_id: Option<Uuid>,
    /// What became of it.
    pub status: CarryOverStatus,
    /// The risk of the new year that it became.
    pub new_risk_id: Option<Uuid>,
    /// The control point of the new year that it became.
    pub new_control_point_id: Option<Uuid>,
    /// The finding of the new year that it became.
    pub new_finding_id: Option<Uuid>,
    /// The action of the new year that it became.
    pub new_corrective_action_id: Option<Uuid>,
    /// Why it was dropped.
    pub reason: Option<String>,
    /// Who accepted, changed or dropped it.
    pub decided_by: Option<Uuid>,
    /// When that was.
    pub decided_at: Option<DateTimeUtc>,
    /// Counts its changes from 1, so that a writer can tell whether it read the latest.
    pub version: i32,
    /// When it was recorded.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

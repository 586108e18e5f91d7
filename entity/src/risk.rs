//! What may go wrong.

use sea_orm::entity::prelude::*;

use crate::{Relation, RiskTreatment};

/// A risk (risk) as judged in one year. Likelihood and consequence may be unknown although the
/// value is stated.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "risk")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// Its identity within the municipality.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The year.
    pub control_year_id: Uuid,
    /// The department whose risk it is; none when it is the whole municipality's.
    pub department_id: Option<Uuid>,
    /// What may go wrong.
    pub description: String,
    /// What sort of risk it is.
    pub category: Option<String>,
    /// The process it threatens.
    pub process: Option<String>,
    /// The goal it threatens.
    pub goal: Option<String>,
    /// How likely it is (sannolikhet).
    pub likelihood: Option<i32>,
    /// How bad it would be (konsekvens).
    pub consequence: Option<i32>,
    /// The risk value (riskvärde).
    pub value: Option<i32>,
    /// How it is met.
    pub treatment: Option<RiskTreatment>,
    /// Why it was valued or treated so.
    pub motive: Option<String>,
    /// The same risk the year before.
    pub previous_risk_id: Option<Uuid>,
    /// Counts its changes from 1, so that a writer can tell whether it read the latest.
    pub version: i32,
    /// When it was recorded.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

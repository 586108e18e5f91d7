//! The points of a decision.

use sea_orm::entity::prelude::*;

use crate::{DecisionItemNature, DecisionOutcome, Relation};

/// One point of a decision (beslutspunkt).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "decision_item")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// Its identity within the municipality.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The decision.
    pub decision_id: Uuid,
    /// Its number in the decision.
    pub number: i32,
    /// Its wording.
    pub text: String,
    /// Whether it proposes, decides or commissions.
    pub nature: DecisionItemNature,
    /// What the body made of it.
    pub outcome: Option<DecisionOutcome>,
    /// Whom it is addressed to.
    pub addressee: Option<String>,
    /// When it was recorded.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

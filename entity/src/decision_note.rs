//! What is noted with a decision.

use sea_orm::entity::prelude::*;

use crate::{DecisionNoteKind, Relation};

/// A dissent or a disqualification that the minutes note with a decision.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "decision_note")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// Its identity within the municipality.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The decision.
    pub decision_id: Uuid,
    /// Its place among the decision's notes.
    pub number: i32,
    /// What it notes.
    pub kind: DecisionNoteKind,
    /// Who, and what they want noted, as the minutes have it.
    pub text: String,
    /// When it was recorded.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

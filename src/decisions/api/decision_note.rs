use async_graphql::SimpleObject;
use entity::{DecisionNoteKind, decision_note};

/// A dissent or a disqualification that the minutes note with a decision.
#[derive(Clone, Debug, SimpleObject)]
pub struct DecisionNote {
    /// What it notes.
    kind: DecisionNoteKind,
    /// Who, and what they want noted, as the minutes have it.
    text: String,
}

impl From<&decision_note::Model> for DecisionNote {
    fn from(row: &decision_note::Model) -> Self {
        Self {
            kind: row.kind,
            text: row.text.clone(),
        }
    }
}

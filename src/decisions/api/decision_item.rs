use async_graphql::SimpleObject;
use entity::{DecisionItemNature, DecisionOutcome, decision_item};

/// One point of a proposal or decision (beslutspunkt).
#[derive(Clone, Debug, SimpleObject)]
pub struct DecisionItem {
    /// Its number in the decision, from 1.
    number: i32,
    /// What is proposed or decided.
    text: String,
    /// Whether it proposes, decides or commissions.
    nature: DecisionItemNature,
    /// What the body made of it.
    outcome: Option<DecisionOutcome>,
    /// Whom it is put to, or who is commissioned.
    addressee: Option<String>,
}

impl From<&decision_item::Model> for DecisionItem {
    fn from(row: &decision_item::Model) -> Self {
        Self {
            number: row.number,
            text: row.text.clone(),
            nature: row.nature,
            outcome: row.outcome,
            addressee: row.addressee.clone(),
        }
    }
}

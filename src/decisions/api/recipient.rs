use crate::decisions::store::DecisionRow;
use async_graphql::SimpleObject;
use entity::recipient;
use std::collections::HashSet;

/// Somebody whom a decision is sent to (beslutet skickas till).
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
pub struct Recipient {
    /// Who, such as "Kommunstyrelsen".
    name: String,
    /// True for "Akten": it is filed and delivered to nobody.
    filing_only: bool,
}

impl Recipient {
    /// Each recipient of decisions once, where it comes first; not those of records that were corrected.
    pub(crate) fn distinct<'a>(decisions: impl Iterator<Item = &'a DecisionRow>) -> Vec<Self> {
        let mut seen = HashSet::new();
        decisions
            .filter(|decision| !decision.corrected)
            .flat_map(|decision| &decision.recipients)
            .filter(|row| seen.insert(row.name.as_str()))
            .map(Self::from)
            .collect()
    }
}

impl From<&recipient::Model> for Recipient {
    fn from(row: &recipient::Model) -> Self {
        Self {
            name: row.name.clone(),
            filing_only: row.filing_only,
        }
    }
}

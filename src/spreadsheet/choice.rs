use crate::language::{Term, value_label};
use async_graphql::{InputType, resolver_utils::EnumType};
use entity::Language;

/// A value of an enum of the API, as a cell says it: its name, or its label in Swedish or English.
pub(crate) trait Choice: EnumType + InputType {
    /// The value that a cell means.
    fn of_cell(text: &str) -> Option<Self> {
        let wanted = text.to_lowercase();
        Self::items().iter().find_map(|item| {
            let labels = [Language::Sv, Language::En].map(|it| value_label(it, &Self::type_name(), item.name));
            let mut known = labels.into_iter().flatten().chain([item.name.to_owned()]);
            known.any(|name| name.to_lowercase() == wanted).then_some(item.value)
        })
    }

    /// What a cell may say, for people.
    fn known() -> Vec<Term> {
        Self::items().iter().map(|item| Term::value(item.value)).collect()
    }
}

impl<E: EnumType + InputType> Choice for E {}

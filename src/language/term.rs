use super::label;
use async_graphql::{InputType, resolver_utils::EnumType};
use entity::Language;
use std::borrow::Cow;

/// A name of the API's in a message: in English as it is, since sentences name states so; in Swedish by its label, in
/// quotation marks, since it fits no sentence's grammar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    name: Cow<'static, str>,
    /// The type whose label, or whose value's label, it has.
    of: Cow<'static, str>,
    value: Option<Cow<'static, str>>,
}

impl Term {
    /// A value of an enum.
    pub fn value<E: EnumType + InputType>(value: E) -> Self {
        let name = label::enum_name(value);
        Self {
            name: name.into(),
            of: E::type_name(),
            value: Some(name.into()),
        }
    }

    /// A state that is no value of an enum, and has a label among those of `of`.
    #[must_use]
    pub const fn state(of: &'static str, name: &'static str) -> Self {
        Self {
            name: Cow::Borrowed(name),
            of: Cow::Borrowed(of),
            value: Some(Cow::Borrowed(name)),
        }
    }

    /// A type of object.
    #[must_use]
    pub const fn object(name: &'static str) -> Self {
        Self {
            name: Cow::Borrowed(name),
            of: Cow::Borrowed(name),
            value: None,
        }
    }

    /// The same, by another name in English.
    #[must_use]
    pub fn named(mut self, name: String) -> Self {
        self.name = name.into();
        self
    }

    /// The name in the API.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn in_language(&self, language: Language) -> String {
        match language {
            Language::En => self.name.clone().into_owned(),
            Language::Sv => {
                let label = match &self.value {
                    Some(value) => label::value_label(language, &self.of, value),
                    None => label::type_label(language, &self.of),
                };
                format!("”{}”", label.unwrap_or_else(|| self.name.clone().into_owned()))
            }
        }
    }
}

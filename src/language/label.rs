use super::catalogue;
use async_graphql::{InputType, resolver_utils::EnumType};
use entity::Language;

/// What people call a type of the schema; none when it has no label.
#[must_use]
pub fn type_label(language: Language, name: &str) -> Option<String> {
    catalogue::format(language, name, None, None)
}

/// What people call a value of an enum of the schema; none when it has no label.
#[must_use]
pub fn value_label(language: Language, of: &str, value: &str) -> Option<String> {
    catalogue::format(language, of, Some(value), None)
}

/// What people call a value of an enum: its name where it has no label.
pub fn enum_label<E: EnumType + InputType>(language: Language, value: E) -> String {
    let name = enum_name(value);
    value_label(language, &E::type_name(), name).unwrap_or_else(|| name.to_owned())
}

/// The name of a value in the schema.
pub(super) fn enum_name<E: EnumType>(value: E) -> &'static str {
    E::items()
        .iter()
        .find(|item| item.value == value)
        .map_or("", |item| item.name)
}

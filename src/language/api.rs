use super::{label, message::Message};
use crate::graphql::{Caller, RequestError, Result};
use async_graphql::{Context, Object, SimpleObject, registry::MetaType};
use entity::Language;

/// What people call a type of the schema and its values.
#[derive(Clone, Debug, SimpleObject)]
pub(crate) struct TypeLabels {
    /// The type's name in the schema.
    name: String,
    /// What people call it.
    label: String,
    /// Its values, in the order of the schema; none of a type that is no enum.
    #[graphql(
        complexity = "crate::graphql::limits::list_cost(crate::graphql::limits::expected::VALUES, child_complexity)"
    )]
    values: Vec<ValueLabel>,
}

/// What people call a value of an enum.
#[derive(Clone, Debug, SimpleObject)]
pub(crate) struct ValueLabel {
    /// The value.
    value: String,
    /// What people call it.
    label: String,
}

/// What the room of languages answers.
#[derive(Clone, Copy, Debug, Default)]
pub struct LanguageQuery;

#[Object]
impl LanguageQuery {
    /// What people call the types of the schema and the values of its enums, in the request's language (`Accept-Language`):
    /// every enum, and every object that has an id. Anybody may read it.
    #[graphql(
        complexity = "crate::graphql::limits::list_cost(types.as_ref().map_or(crate::graphql::limits::expected::TYPES, Vec::len), child_complexity)"
    )]
    async fn labels(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The names of the types; all when left out.")] types: Option<Vec<String>>,
    ) -> Result<Vec<TypeLabels>> {
        let language = Caller::of(ctx)?.language();
        let known = &ctx.schema_env.registry.types;
        match types {
            None => Ok(known.values().filter_map(|found| labels(found, language)).collect()),
            Some(names) => names
                .iter()
                .map(|name| {
                    let found = known.get(name).and_then(|found| labels(found, language));
                    Ok(found.ok_or_else(|| RequestError::bad_request(no_labels(name)))?)
                })
                .collect(),
        }
    }
}

fn no_labels(name: &str) -> Message {
    message!("request-no-labels", name)
}

/// The labels of a type; none when it has none.
fn labels(found: &MetaType, language: Language) -> Option<TypeLabels> {
    let name = found.name();
    let values = match found {
        MetaType::Enum { enum_values, .. } => enum_values.values().map(|value| value.name.as_str()).collect(),
        _ => Vec::new(),
    };
    Some(TypeLabels {
        name: name.to_owned(),
        label: label::type_label(language, name)?,
        values: values
            .into_iter()
            .filter_map(|value| {
                Some(ValueLabel {
                    value: value.to_owned(),
                    label: label::value_label(language, name, value)?,
                })
            })
            .collect(),
    })
}

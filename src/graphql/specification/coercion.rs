//! Coerces a request's variables to the types that the operation declares for them (`CoerceVariableValues`, GraphQL
//! specification, section 6.1.2, and the input coercion of each type, section 3).

use std::collections::HashMap;

use async_graphql::{
    Name, Positioned, ServerError, Value, Variables,
    indexmap::IndexMap,
    parser::types::VariableDefinition,
    registry::{MetaInputValue, MetaType, MetaTypeName, Registry},
};

use super::MOST_PROBLEMS;
use crate::{graphql::error::RequestError, language::Message};

/// How much of a refused value is shown.
const SHOWN_CHARACTERS: usize = 60;

/// The variables of an operation.
#[derive(Debug, Default)]
pub(super) struct Coerced {
    /// Those that have a value, given or by default.
    pub(super) variables: Variables,
    /// Those that have none, and their types.
    pub(super) omitted: HashMap<Name, String>,
}

/// Coerces what was given to what is declared. What is given and not declared is left out.
///
/// The error is never empty: one problem for each variable that has one.
pub(super) fn coerce_variables(
    registry: &Registry,
    definitions: &[Positioned<VariableDefinition>],
    mut given: Variables,
) -> Result<Coerced, Vec<ServerError>> {
    let mut coerced = Coerced::default();
    let mut problems = Vec::new();
    for definition in definitions {
        let VariableDefinition {
            name,
            var_type,
            default_value,
            ..
        } = &definition.node;
        let name = &name.node;
        let ty = var_type.node.to_string();
        let value = given
            .remove(name)
            .or_else(|| default_value.as_ref().map(|value| value.node.clone()));
        let result = match value {
            Some(value) => coerce(registry, &ty, value).map(Some),
            None if var_type.node.nullable => Ok(None),
            None => Err(Problem::required(&ty)),
        };
        match result {
            Ok(Some(value)) => {
                coerced.variables.insert(name.clone(), value);
            }
            Ok(None) => {
                coerced.omitted.insert(name.clone(), ty);
            }
            Err(problem) if problems.len() < MOST_PROBLEMS => {
                let variable = format!("{name}{}", problem.path);
                let message = message!("request-variable-refused", variable, problem = problem.message);
                let mut error = ServerError::from(RequestError::bad_request(message));
                error.locations.push(definition.pos);
                problems.push(error);
            }
            Err(_) => {}
        }
    }
    if problems.is_empty() {
        Ok(coerced)
    } else {
        Err(problems)
    }
}

/// Why a value does not fit, and where inside the variable.
#[derive(Debug, PartialEq, Eq)]
struct Problem {
    path: String,
    message: Message,
}

impl Problem {
    fn new(message: Message) -> Self {
        Self {
            path: String::new(),
            message,
        }
    }

    fn required(ty: &str) -> Self {
        Self::new(message!("request-value-required", ty))
    }

    fn expected(ty: &str, found: &Value) -> Self {
        Self::new(message!("request-value-expected", ty, found = shown(found)))
    }

    fn inside(mut self, segment: &str) -> Self {
        self.path.insert_str(0, segment);
        self
    }
}

fn coerce(registry: &Registry, ty: &str, value: Value) -> Result<Value, Problem> {
    match MetaTypeName::create(ty) {
        MetaTypeName::NonNull(_) if value == Value::Null => Err(Problem::expected(ty, &value)),
        MetaTypeName::NonNull(inner) => coerce(registry, inner, value),
        _ if value == Value::Null => Ok(Value::Null),
        MetaTypeName::List(item) => match value {
            Value::List(items) => items
                .into_iter()
                .enumerate()
                .map(|(index, value)| {
                    coerce(registry, item, value).map_err(|problem| problem.inside(&format!("[{index}]")))
                })
                .collect::<Result<_, _>>()
                .map(Value::List),
            // A single value stands for a list of it (section 3.11).
            single => Ok(Value::List(vec![coerce(registry, item, single)?])),
        },
        MetaTypeName::Named(name) => named(registry, name, value),
    }
}

fn named(registry: &Registry, name: &str, value: Value) -> Result<Value, Problem> {
    match registry.types.get(name) {
        Some(MetaType::Scalar { is_valid, .. }) => match name {
            "Int" => int(value),
            _ if is_valid.as_ref().is_none_or(|valid| valid(&value)) => Ok(value),
            _ => Err(Problem::expected(name, &value)),
        },
        Some(MetaType::Enum { enum_values, .. }) => match &value {
            Value::String(text) if enum_values.contains_key(text) => Ok(value),
            Value::Enum(text) if enum_values.contains_key(text.as_str()) => Ok(value),
            _ => {
                let found = shown(&value);
                Err(Problem::new(message!("request-enum-expected", name, found)))
            }
        },
        Some(MetaType::InputObject {
            input_fields, oneof, ..
        }) => object(registry, name, input_fields, *oneof, value),
        // Validation reports a type that is unknown or not for input.
        _ => Ok(value),
    }
}

/// A number without a fraction that fits in 32 bits (section 3.5.1), whatever Rust type the schema has for it.
fn int(value: Value) -> Result<Value, Problem> {
    let whole = match &value {
        Value::Number(number) => number.as_i64().or_else(|| {
            let is_whole = |float: &f64| float.fract() == 0.0 && (-1e15..1e15).contains(float);
            number.as_f64().filter(is_whole).map(|float| float as i64)
        }),
        _ => None,
    };
    match whole.map(i32::try_from) {
        Some(Ok(whole)) => Ok(Value::from(whole)),
        _ => {
            let found = shown(&value);
            Err(Problem::new(message!("request-int-expected", found)))
        }
    }
}

fn object(
    registry: &Registry,
    name: &str,
    fields: &IndexMap<String, MetaInputValue>,
    one_of: bool,
    value: Value,
) -> Result<Value, Problem> {
    let Value::Object(given) = value else {
        let found = shown(&value);
        return Err(Problem::new(message!("request-object-expected", name, found)));
    };
    if one_of && (given.len() != 1 || given.values().any(|value| *value == Value::Null)) {
        return Err(Problem::new(message!("request-one-of", name)));
    }
    let missing = fields.values().find(|field| {
        field.default_value.is_none()
            && MetaTypeName::create(&field.ty).is_non_null()
            && !given.contains_key(field.name.as_str())
    });
    if let Some(field) = missing {
        return Err(Problem::required(&field.ty).inside(&format!(".{}", field.name)));
    }
    let mut coerced = IndexMap::with_capacity(given.len());
    for (key, value) in given {
        let Some(field) = fields.get(key.as_str()) else {
            let found = shown(&Value::String(key.to_string()));
            return Err(Problem::new(message!("request-no-such-field", name, found)));
        };
        let value =
            coerce(registry, &field.ty, value).map_err(|problem| problem.inside(&format!(".{}", field.name)))?;
        coerced.insert(key, value);
    }
    Ok(Value::Object(coerced))
}

/// A value for a message: short, whatever was sent.
fn shown(value: &Value) -> Message {
    match value {
        Value::List(_) => message!("request-found-list"),
        Value::Object(_) => message!("request-found-object"),
        Value::String(text) if text.chars().nth(SHOWN_CHARACTERS).is_some() => {
            let start: String = text.chars().take(SHOWN_CHARACTERS).collect();
            // Quoted and escaped, without its last quotation mark.
            let start = Value::String(start).to_string();
            let start = start.trim_start_matches('"');
            let start = start.strip_suffix('"').unwrap_or(start);
            message!("request-found-long", start, bytes = text.len())
        }
        scalar => message!("request-found", value = scalar.to_string()),
    }
}

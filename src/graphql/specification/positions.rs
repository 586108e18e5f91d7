//! Whether variables and literals may stand where they stand: rules of validation that async-graphql lacks.
//!
//! Its rule for variables (GraphQL specification, section 5.8.5) exists and is never called: the visitor that calls all
//! rules does not pass on the values. For literals (section 5.6.1) it takes a string for an enum's value, and an `Int`
//! of more than 32 bits.

use std::{borrow::Cow, collections::HashSet};

use async_graphql::{
    Name, Pos, Positioned, ServerError,
    indexmap::IndexMap,
    parser::types::{Directive, ExecutableDocument, OperationDefinition, OperationType, Selection, SelectionSet},
    registry::{MetaInputValue, MetaType, MetaTypeName, Registry},
};
use async_graphql_value::Value;

use super::MOST_PROBLEMS;
use crate::{graphql::error::RequestError, language::Message};

/// Checks all values that the operation uses, in its fragments too, each once.
///
/// What the schema does not know is left for validation to report.
pub(super) fn check(
    registry: &Registry,
    document: &ExecutableDocument,
    operation: &Positioned<OperationDefinition>,
) -> Result<(), Vec<ServerError>> {
    let mut walk = Walk {
        registry,
        operation: &operation.node,
        problems: Vec::new(),
    };
    let mut seen: HashSet<&Name> = HashSet::new();
    let root = root_type(registry, operation.node.ty);
    let mut open: Vec<(Option<&MetaType>, &SelectionSet)> = vec![(root, &operation.node.selection_set.node)];
    walk.directives(&operation.node.directives);
    while let Some((parent, set)) = open.pop() {
        for item in &set.items {
            walk.directives(item.node.directives());
            match &item.node {
                Selection::Field(field) => {
                    let field = &field.node;
                    let Some(declared) = parent.and_then(|parent| parent.field_by_name(&field.name.node)) else {
                        continue;
                    };
                    walk.arguments(&declared.args, &field.arguments);
                    let inner = registry.types.get(MetaTypeName::concrete_typename(&declared.ty));
                    open.push((inner, &field.selection_set.node));
                }
                Selection::InlineFragment(fragment) => {
                    let inner = match &fragment.node.type_condition {
                        Some(condition) => registry.types.get(condition.node.on.node.as_str()),
                        None => parent,
                    };
                    open.push((inner, &fragment.node.selection_set.node));
                }
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    if let Some(fragment) = document.fragments.get(name).filter(|_| seen.insert(name)) {
                        walk.directives(&fragment.node.directives);
                        let on = fragment.node.type_condition.node.on.node.as_str();
                        open.push((registry.types.get(on), &fragment.node.selection_set.node));
                    }
                }
            }
        }
    }
    if walk.problems.is_empty() {
        Ok(())
    } else {
        Err(walk.problems)
    }
}

/// The type that an operation begins at.
pub(super) fn root_type(registry: &Registry, operation: OperationType) -> Option<&MetaType> {
    let name = match operation {
        OperationType::Query => Some(&registry.query_type),
        OperationType::Mutation => registry.mutation_type.as_ref(),
        OperationType::Subscription => registry.subscription_type.as_ref(),
    };
    name.and_then(|name| registry.types.get(name))
}

/// Whether a variable's type, never null if `has_value`, may stand where `location` is expected
/// (`IsVariableUsageAllowed`).
pub(super) fn is_allowed(variable: &str, has_value: bool, location: &MetaInputValue) -> bool {
    is_allowed_at(variable, has_value, &location.ty, location.default_value.is_some())
}

fn is_allowed_at(variable: &str, has_value: bool, location: &str, has_default: bool) -> bool {
    match (MetaTypeName::create(variable), MetaTypeName::create(location)) {
        (MetaTypeName::Named(_) | MetaTypeName::List(_), MetaTypeName::NonNull(inner)) if has_value || has_default => {
            is_compatible(variable, inner)
        }
        _ => is_compatible(variable, location),
    }
}

/// `AreTypesCompatible`.
fn is_compatible(variable: &str, location: &str) -> bool {
    match (MetaTypeName::create(variable), MetaTypeName::create(location)) {
        (MetaTypeName::NonNull(variable), MetaTypeName::NonNull(location)) => is_compatible(variable, location),
        (MetaTypeName::NonNull(variable), _) => is_compatible(variable, location),
        (MetaTypeName::List(variable), MetaTypeName::List(location)) => is_compatible(variable, location),
        (MetaTypeName::Named(variable), MetaTypeName::Named(location)) => variable == location,
        _ => false,
    }
}

struct Walk<'a> {
    registry: &'a Registry,
    operation: &'a OperationDefinition,
    problems: Vec<ServerError>,
}

impl Walk<'_> {
    fn directives(&mut self, directives: &[Positioned<Directive>]) {
        for directive in directives {
            if let Some(declared) = self.registry.directives.get(directive.node.name.node.as_str()) {
                self.arguments(&declared.args, &directive.node.arguments);
            }
        }
    }

    fn arguments(
        &mut self,
        declared: &IndexMap<String, MetaInputValue>,
        given: &[(Positioned<Name>, Positioned<Value>)],
    ) {
        for (name, value) in given {
            if let Some(declared) = declared.get(name.node.as_str()) {
                self.value(&declared.ty, declared.default_value.is_some(), &value.node, value.pos);
            }
        }
    }

    fn value(&mut self, location: &str, has_default: bool, value: &Value, position: Pos) {
        if let Value::Variable(name) = value {
            return self.variable(location, has_default, name, position);
        }
        match (MetaTypeName::create(location), value) {
            (MetaTypeName::NonNull(inner), _) => self.value(inner, false, value, position),
            (MetaTypeName::List(item), Value::List(values)) => {
                values.iter().for_each(|value| self.value(item, false, value, position));
            }
            (MetaTypeName::List(item), single) => self.value(item, false, single, position),
            (MetaTypeName::Named(name), value) => self.named(name, value, position),
        }
    }

    fn named(&mut self, name: &str, value: &Value, position: Pos) {
        match (self.registry.types.get(name), value) {
            (
                Some(MetaType::InputObject {
                    input_fields, oneof, ..
                }),
                Value::Object(fields),
            ) => {
                for (name, value) in fields {
                    let Some(field) = input_fields.get(name.as_str()) else {
                        continue;
                    };
                    // The one field that is given may not be null (section 5.8.5).
                    let ty = if *oneof {
                        Cow::Owned(format!("{}!", field.ty))
                    } else {
                        Cow::Borrowed(&*field.ty)
                    };
                    self.value(&ty, field.default_value.is_some(), value, position);
                }
            }
            (Some(MetaType::Enum { .. }), Value::String(text)) => {
                let message = message!("request-quoted-enum", text, name);
                self.problem(message, [position]);
            }
            (Some(MetaType::Scalar { .. }), Value::Number(number))
                if name == "Int" && number.as_i64().is_none_or(|number| i32::try_from(number).is_err()) =>
            {
                self.problem(
                    message!("request-number-too-long", number = number.to_string()),
                    [position],
                );
            }
            _ => {}
        }
    }

    fn variable(&mut self, location: &str, has_default: bool, name: &Name, position: Pos) {
        let definition = self
            .operation
            .variable_definitions
            .iter()
            .find(|definition| definition.node.name.node == *name);
        let Some(definition) = definition else { return };
        let ty = definition.node.var_type.node.to_string();
        let has_value = definition
            .node
            .default_value
            .as_ref()
            .is_some_and(|value| value.node != async_graphql::Value::Null);
        if !is_allowed_at(&ty, has_value, location, has_default) {
            let message = message!("request-variable-misplaced", name = name.as_str(), ty, location);
            self.problem(message, [definition.pos, position]);
        }
    }

    fn problem(&mut self, message: Message, positions: impl IntoIterator<Item = Pos>) {
        if self.problems.len() < MOST_PROBLEMS {
            let mut error = ServerError::from(RequestError::bad_request(message));
            error.locations.extend(positions);
            self.problems.push(error);
        }
    }
}

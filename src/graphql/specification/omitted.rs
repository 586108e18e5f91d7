//! Arguments that are given by a variable without a value count as not given (`CoerceArgumentValues`, GraphQL
//! specification, section 6.4.1).
//!
//! async-graphql reads such a variable as `null` where the argument has a default, and fails where the argument has a
//! part in the cost (`first: $first`, the commonest of all). So these arguments are taken out of the document.

use std::collections::{HashMap, HashSet};

use async_graphql::{
    Name, Positioned,
    parser::types::{DocumentOperations, ExecutableDocument, OperationDefinition, Selection, SelectionSet},
    registry::{MetaInputValue, MetaType, MetaTypeName, Registry},
};
use async_graphql_value::Value;

use super::positions::{is_allowed, root_type};

/// Takes out the arguments that only a variable in `omitted` gives, and the variables that are then unused.
///
/// Where the variable's type does not fit the argument's, it is left for validation to report.
pub(super) fn leave_out(registry: &Registry, document: &mut ExecutableDocument, omitted: &HashMap<Name, String>) {
    if omitted.is_empty() {
        return;
    }
    let mut walk = Walk {
        registry,
        omitted,
        left_out: HashSet::new(),
    };
    for_each_operation(&mut document.operations, |operation| {
        walk.set(
            root_type(registry, operation.node.ty),
            &mut operation.node.selection_set.node,
        );
    });
    for fragment in document.fragments.values_mut() {
        let parent = registry.types.get(fragment.node.type_condition.node.on.node.as_str());
        walk.set(parent, &mut fragment.node.selection_set.node);
    }

    let mut unused = walk.left_out;
    for used in used_variables(document) {
        unused.remove(&used);
    }
    for_each_operation(&mut document.operations, |operation| {
        operation
            .node
            .variable_definitions
            .retain(|definition| !unused.contains(&definition.node.name.node));
    });
}

fn for_each_operation(operations: &mut DocumentOperations, mut each: impl FnMut(&mut Positioned<OperationDefinition>)) {
    match operations {
        DocumentOperations::Single(operation) => each(operation),
        DocumentOperations::Multiple(operations) => operations.values_mut().for_each(each),
    }
}

struct Walk<'a> {
    registry: &'a Registry,
    omitted: &'a HashMap<Name, String>,
    left_out: HashSet<Name>,
}

impl<'a> Walk<'a> {
    fn set(&mut self, parent: Option<&'a MetaType>, set: &mut SelectionSet) {
        for item in &mut set.items {
            match &mut item.node {
                Selection::Field(field) => {
                    let field = &mut field.node;
                    let declared = parent.and_then(|parent| parent.field_by_name(field.name.node.as_str()));
                    let Some(declared) = declared else { continue };
                    field.arguments.retain(|(name, value)| {
                        let Some(argument) = declared.args.get(name.node.as_str()) else {
                            return true;
                        };
                        !self.leaves_out(argument, &value.node)
                    });
                    let inner = self.registry.types.get(MetaTypeName::concrete_typename(&declared.ty));
                    self.set(inner, &mut field.selection_set.node);
                }
                Selection::InlineFragment(fragment) => {
                    let condition = fragment.node.type_condition.as_ref();
                    let inner = match condition {
                        Some(condition) => self.registry.types.get(condition.node.on.node.as_str()),
                        None => parent,
                    };
                    self.set(inner, &mut fragment.node.selection_set.node);
                }
                Selection::FragmentSpread(_) => {}
            }
        }
    }

    fn leaves_out(&mut self, argument: &MetaInputValue, value: &Value) -> bool {
        let Value::Variable(name) = value else { return false };
        let Some(given) = self.omitted.get(name) else {
            return false;
        };
        let fits = is_allowed(given, false, argument);
        if fits {
            self.left_out.insert(name.clone());
        }
        fits
    }
}

/// The variables that anything in the document uses.
fn used_variables(document: &ExecutableDocument) -> HashSet<Name> {
    let mut values = Vec::new();
    let mut open = Vec::new();
    for (_, operation) in document.operations.iter() {
        values.extend(
            operation
                .node
                .directives
                .iter()
                .flat_map(|directive| &directive.node.arguments),
        );
        open.push(&operation.node.selection_set.node);
    }
    for fragment in document.fragments.values() {
        values.extend(
            fragment
                .node
                .directives
                .iter()
                .flat_map(|directive| &directive.node.arguments),
        );
        open.push(&fragment.node.selection_set.node);
    }
    while let Some(set) = open.pop() {
        for item in &set.items {
            values.extend(
                item.node
                    .directives()
                    .iter()
                    .flat_map(|directive| &directive.node.arguments),
            );
            match &item.node {
                Selection::Field(field) => {
                    values.extend(&field.node.arguments);
                    open.push(&field.node.selection_set.node);
                }
                Selection::InlineFragment(fragment) => open.push(&fragment.node.selection_set.node),
                Selection::FragmentSpread(_) => {}
            }
        }
    }

    let mut values: Vec<&Value> = values.into_iter().map(|(_, value)| &value.node).collect();
    let mut used = HashSet::new();
    while let Some(value) = values.pop() {
        match value {
            Value::Variable(name) => {
                used.insert(name.clone());
            }
            Value::List(items) => values.extend(items),
            Value::Object(fields) => values.extend(fields.values()),
            _ => {}
        }
    }
    used
}

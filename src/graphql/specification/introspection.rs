//! Refuses introspection where it is switched off.

use async_graphql::parser::types::{ExecutableDocument, Selection, SelectionSet};

use crate::graphql::error::{ErrorCode, RequestError};

/// Refuses a document that asks for the schema anywhere.
///
/// Names that begin with two underscores belong to introspection (GraphQL specification, section 4), so no other field
/// is called so. `__typename` tells nothing about the schema that the answer does not tell, and clients live by it.
pub(super) fn refuse(document: &ExecutableDocument) -> Result<(), RequestError> {
    let operations = document
        .operations
        .iter()
        .map(|(_, operation)| &operation.node.selection_set.node);
    let fragments = document
        .fragments
        .values()
        .map(|fragment| &fragment.node.selection_set.node);
    let mut open: Vec<&SelectionSet> = operations.chain(fragments).collect();
    while let Some(set) = open.pop() {
        for item in &set.items {
            match &item.node {
                Selection::Field(field) if matches!(field.node.name.node.as_str(), "__schema" | "__type") => {
                    return Err(RequestError::new(
                        ErrorCode::Forbidden,
                        message!("request-no-introspection"),
                    ));
                }
                Selection::Field(field) => open.push(&field.node.selection_set.node),
                Selection::InlineFragment(fragment) => open.push(&fragment.node.selection_set.node),
                Selection::FragmentSpread(_) => {}
            }
        }
    }
    Ok(())
}

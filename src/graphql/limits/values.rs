//! How many values the variables of a request hold.

use async_graphql::{Value, Variables};

/// Counts each scalar, list and object as one.
pub(super) fn count(variables: &Variables) -> usize {
    let mut open: Vec<&Value> = variables.values().collect();
    let mut count = 0_usize;
    while let Some(value) = open.pop() {
        count += 1;
        match value {
            Value::List(items) => open.extend(items),
            Value::Object(fields) => open.extend(fields.values()),
            _ => {}
        }
    }
    count
}

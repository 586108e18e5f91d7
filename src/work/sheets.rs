//! What waits for somebody, in a sheet.

use crate::spreadsheet::{Export, Field, Shape};

/// What of the room can be exported.
pub(crate) const EXPORTS: &[&Export] = &[&MY_WORK];

/// What waits for who asks.
static MY_WORK: Export = Export {
    name: "my-work",
    title: message!("spreadsheet-my-work"),
    query: "query ExportMyWork($first: Int, $after: String) {
        viewer { list: myWork(first: $first, after: $after) {
            nodes { kind why dueOn }
            pageInfo { hasNextPage endCursor } } } }",
    filters: &[],
    filter: None,
    shape: Shape::List(&[
        Field::label("kind", message!("spreadsheet-kind"), "WorkItemKind"),
        Field::plain("why", message!("spreadsheet-why")),
        Field::plain("dueOn", message!("spreadsheet-due-on")),
    ]),
};

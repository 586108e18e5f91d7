//! The audit log, in a sheet.

use crate::spreadsheet::{Export, Field, Filter, Shape};

/// What of the log can be exported.
pub(crate) const EXPORTS: &[&Export] = &[&EVENTS];

/// The events of the log, for those who audit: that they are read is an event itself.
static EVENTS: Export = Export {
    name: "audit-events",
    title: message!("spreadsheet-audit-events"),
    query: "query ExportAuditEvents($filter: AuditEventFilter, $first: Int, $after: String) {
        list: auditEvents(filter: $filter, first: $first, after: $after) {
            nodes { sequence occurredAt actor action subjectType subjectId requestId payload hash }
            pageInfo { hasNextPage endCursor } } }",
    filters: &[
        Filter::text("actorId"),
        Filter::texts("actions"),
        Filter::text("subjectId"),
        Filter::text("requestId"),
        Filter::text("from"),
        Filter::text("to"),
    ],
    filter: Some("filter"),
    shape: Shape::List(&[
        Field::plain("sequence", message!("spreadsheet-sequence")),
        Field::plain("occurredAt", message!("spreadsheet-occurred-at")),
        Field::plain("actor", message!("spreadsheet-actor")),
        Field::plain("action", message!("spreadsheet-action")),
        Field::plain("subjectType", message!("spreadsheet-subject-type")),
        Field::plain("subjectId", message!("spreadsheet-subject-id")),
        Field::plain("requestId", message!("spreadsheet-request-id")),
        Field::plain("payload", message!("spreadsheet-payload")),
        Field::plain("hash", message!("spreadsheet-hash")),
    ]),
};

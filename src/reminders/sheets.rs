//! The reminders that were sent, in a sheet.

use crate::spreadsheet::{Export, Field, Filter, Shape};

/// What of the room can be exported.
pub(crate) const EXPORTS: &[&Export] = &[&REMINDERS];

/// The reminders that somebody sees: for most, their own.
static REMINDERS: Export = Export {
    name: "reminders",
    title: message!("spreadsheet-reminders"),
    query: "query ExportReminders($filter: ReminderFilter, $first: Int, $after: String) {
        list: reminders(filter: $filter, first: $first, after: $after) {
            nodes { user { username name } kind dueOn stage plannedFor status attempts reason sentAt createdAt }
            pageInfo { hasNextPage endCursor } } }",
    filters: &[
        Filter::text("userId"),
        Filter::texts("status"),
        Filter::text("stage"),
        Filter::text("occasionId"),
        Filter::text("requestId"),
        Filter::text("subjectId"),
    ],
    filter: Some("filter"),
    shape: Shape::List(&[
        Field::plain("user.username", message!("spreadsheet-username")),
        Field::plain("user.name", message!("spreadsheet-name")),
        Field::label("kind", message!("spreadsheet-kind"), "WorkItemKind"),
        Field::plain("dueOn", message!("spreadsheet-due-on")),
        Field::label("stage", message!("spreadsheet-stage"), "ReminderStage"),
        Field::plain("plannedFor", message!("spreadsheet-planned-for")),
        Field::label("status", message!("spreadsheet-status"), "ReminderStatus"),
        Field::plain("attempts", message!("spreadsheet-attempts")),
        Field::plain("reason", message!("spreadsheet-reason")),
        Field::plain("sentAt", message!("spreadsheet-sent-at")),
        Field::plain("createdAt", message!("spreadsheet-created-at")),
    ]),
};

use super::{
    super::store::{EventFilter, event_page},
    AuditEvent, AuditEventFilter,
};
use crate::{
    access::{Place, Right},
    graphql::{Caller, Connection, PageArguments, Result, Row, objects, page_cost, wants_total},
};
use async_graphql::{Context, Object};
use serde_json::json;

/// The queries about the audit log.
#[derive(Clone, Copy, Debug, Default)]
pub struct AuditQuery;

#[Object]
impl AuditQuery {
    /// The events of the municipality's audit log, the newest first, for those who audit. That you read them is itself
    /// an event.
    #[graphql(complexity = "page_cost(first, last, child_complexity)")]
    #[allow(clippy::too_many_arguments, reason = "each is an argument of the API")]
    async fn audit_events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which ones; left out: all.")] filter: Option<AuditEventFilter>,
        #[graphql(desc = "How many from the newest on, or after `after`: 20 when left out, at most 100.")]
        first: Option<i32>,
        #[graphql(desc = "Those after this cursor: older ones.")] after: Option<String>,
        #[graphql(desc = "How many from the oldest back, or before `before`: at most 100. Not together with `first`.")]
        last: Option<i32>,
        #[graphql(desc = "Those before this cursor: newer ones.")] before: Option<String>,
    ) -> Result<Connection<AuditEvent>> {
        let arguments = PageArguments {
            first,
            after,
            last,
            before,
        };
        let page = arguments.page()?;
        let filter: EventFilter = filter.unwrap_or_default().try_into()?;
        let caller = Caller::of(ctx)?;
        let reader = caller.reader().await?;
        if !reader.may(Right::AuditLogRead, Place::Municipality) {
            return Err(caller.forbidden("auditEvents", Right::AuditLogRead).into());
        }
        let (slice, total) = event_page(&reader, filter, &page, wants_total(ctx)).await?;
        let number = |row: Option<&(_, entity::audit_event::Model)>| row.map(|(_, event)| event.sequence);
        caller.note_log_page(json!({
            "newest": number(slice.rows.first()),
            "oldest": number(slice.rows.last()),
            "count": slice.rows.len(),
        }));
        Ok(Connection::of(&reader, slice, total, |reader, rows| {
            objects(Row::all(reader, rows))
        }))
    }
}

//! Reading the log for those who audit.

use crate::{
    access::{Reader, rows_by_id},
    database::{Page, PageError, Slice, SortKey, count, page},
    relation,
};
use chrono::{DateTime, Utc};
use entity::{
    audit_event::{self, Column},
    user_account,
};
use sea_orm::{ColumnTrait, QueryFilter};
use uuid::Uuid;

/// Which events are asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct EventFilter {
    pub(super) actor_id: Option<Uuid>,
    pub(super) actions: Vec<String>,
    /// The table and the id.
    pub(super) subject: Option<(String, Uuid)>,
    pub(super) request_id: Option<Uuid>,
    pub(super) from: Option<DateTime<Utc>>,
    pub(super) to: Option<DateTime<Utc>>,
}

/// A page of the municipality's events, the newest first, and how many there are when that is wanted. For those who may
/// read the log: who asks has been asked.
pub(super) async fn event_page(
    reader: &Reader,
    filter: EventFilter,
    wanted: &Page,
    total: bool,
) -> Result<(Slice<audit_event::Model>, i32), PageError> {
    let mut select = reader.find::<audit_event::Entity>();
    if let Some(id) = filter.actor_id {
        select = select.filter(Column::ActorId.eq(id));
    }
    if !filter.actions.is_empty() {
        select = select.filter(Column::Action.is_in(filter.actions));
    }
    if let Some((table, id)) = filter.subject {
        select = select
            .filter(Column::SubjectId.eq(id))
            .filter(Column::SubjectType.eq(table));
    }
    if let Some(id) = filter.request_id {
        select = select.filter(Column::RequestId.eq(id));
    }
    if let Some(from) = filter.from {
        select = select.filter(Column::OccurredAt.gte(from));
    }
    if let Some(to) = filter.to {
        select = select.filter(Column::OccurredAt.lt(to));
    }
    let number = if total {
        count(reader.session(), select.clone()).await?
    } else {
        0
    };
    // Keys ascend: the list is read from its end.
    let order = [SortKey::long(Column::Sequence.into_expr())];
    let slice = page(reader.session(), select, "auditEvents", &order, &wanted.turned())
        .await
        .map_err(PageError::turned)?;
    Ok((slice.turned(), number))
}

relation! {
    /// The user who did it.
    ActorOf: audit_event::Model => user_account::Model,
    |event| event.actor_id, rows_by_id::<user_account::Entity>
}

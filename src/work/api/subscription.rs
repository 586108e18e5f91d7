use super::{WorkItem, my_work};
use crate::{
    access::Reader,
    graphql::{Connection, Look, PageArguments, Result, page_cost, reader, unauthenticated, wants_total},
};
use async_graphql::{Context, Object};
use std::sync::Arc;

/// What you have to do, as it has become.
#[derive(Clone)]
pub struct MyWorkEvent {
    event_id: String,
    reader: Arc<Reader>,
}

/// What you have to do, as it has become.
#[Object]
impl MyWorkEvent {
    /// Names the event: pass it back as `after` to go on from it.
    async fn event_id(&self) -> &str {
        &self.event_id
    }

    /// What you have to do now, the most urgent first; what has no due date comes last.
    #[graphql(complexity = "page_cost(first, None, child_complexity)")]
    async fn my_work(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many: 20 when left out, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Those after this cursor.")] after: Option<String>,
    ) -> Result<Connection<WorkItem>> {
        my_work(&self.reader, PageArguments::forward(first, after), wants_total(ctx)).await
    }
}

/// The subscriptions of work.
#[derive(Clone, Copy, Debug, Default)]
pub struct WorkSubscription;

#[Object]
impl WorkSubscription {
    /// What you have to do, now and whenever what you select of it has changed.
    async fn my_work(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The `eventId` of the last event that you have: what you know by it is not sent again.")]
        after: Option<String>,
    ) -> Result<MyWorkEvent> {
        let look = Look::of(ctx, after.as_deref())?;
        let reader = reader(ctx).await?;
        if !reader.is_internal() {
            return Err(unauthenticated(message!("request-sign-in-for-work")).into());
        }
        Ok(MyWorkEvent {
            event_id: look.event_id(),
            reader,
        })
    }
}

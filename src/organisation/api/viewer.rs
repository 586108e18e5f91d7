use super::{RoleAssignment, User};
use crate::graphql::limits::{expected, list_cost};
use crate::{
    access::Reader,
    graphql::{Connection, Lookup, PageArguments, Result, page_cost, wants_total},
    organisation::store,
    reminders::{Reminder, my_reminders},
    work::{WorkItem, my_work},
};
use async_graphql::{Context, Object};
use std::sync::Arc;

/// Who you are, what roles you have, what you have to do, and what you were reminded of.
#[derive(Clone)]
pub struct Viewer(pub(super) Arc<Reader>);

/// Who you are, what roles you have, what you have to do, and what you were reminded of.
#[Object]
impl Viewer {
    /// You; null when you are not signed in.
    async fn user(&self) -> Result<Option<User>> {
        match self.0.actor().user_id() {
            Some(id) => Ok(User::lookup(&self.0, id).await?),
            None => Ok(None),
        }
    }

    /// The roles that you have today; empty when you are not signed in.
    #[graphql(complexity = "list_cost(expected::FEW, child_complexity)")]
    async fn roles(&self) -> Result<Vec<RoleAssignment>> {
        let Some(id) = self.0.actor().user_id() else {
            return Ok(Vec::new());
        };
        let roles = store::roles_on(&self.0, id, self.0.today()).await?;
        Ok(RoleAssignment::all(&self.0, roles))
    }

    /// What you have to do, the most urgent first; what has no due date comes last.
    #[graphql(complexity = "page_cost(first, None, child_complexity)")]
    async fn my_work(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many: 20 when left out, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Those after this cursor.")] after: Option<String>,
    ) -> Result<Connection<WorkItem>> {
        my_work(&self.0, PageArguments::forward(first, after), wants_total(ctx)).await
    }

    /// What you were reminded of, and will be, the newest first.
    #[graphql(complexity = "page_cost(first, None, child_complexity)")]
    async fn reminders(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many: 20 when left out, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Those after this cursor.")] after: Option<String>,
    ) -> Result<Connection<Reminder>> {
        my_reminders(&self.0, PageArguments::forward(first, after), wants_total(ctx)).await
    }
}

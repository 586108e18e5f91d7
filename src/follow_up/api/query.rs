use super::{
    CorrectiveAction, Finding, FollowUp,
    filter::{CorrectiveActionFilter, FindingFilter, FindingOrder, FollowUpFilter},
};
use crate::{
    access::{Reader, Sealed, Secret},
    database::Slice,
    follow_up::store,
    graphql::{Connection, PageArguments, Result, page_cost, reader, wants_total},
};
use async_graphql::{Context, Object};

/// The queries about follow-ups.
#[derive(Clone, Copy, Debug, Default)]
pub struct FollowUpQuery;

#[Object]
impl FollowUpQuery {
    /// The follow-ups that you can see, by year and department, the oldest first of each.
    #[graphql(complexity = "page_cost(first, None, child_complexity)")]
    async fn follow_ups(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which ones; left out: all.")] filter: Option<FollowUpFilter>,
        #[graphql(desc = "How many: 20 when left out, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Those after this cursor.")] after: Option<String>,
    ) -> Result<Connection<FollowUp>> {
        let page = PageArguments::forward(first, after).page()?;
        let filter = filter.unwrap_or_default().try_into()?;
        let reader = reader(ctx).await?;
        let (slice, total) = store::follow_up_page(&reader, filter, &page, wants_total(ctx)).await?;
        Ok(Connection::of(&reader, slice, total, FollowUp::all))
    }

    /// The findings on follow-ups that you can see. What is withheld from you comes last, and is counted where no
    /// filter but the department and the year is given.
    #[graphql(complexity = "page_cost(first, last, child_complexity)")]
    #[allow(clippy::too_many_arguments, reason = "each is an argument of the API")]
    async fn findings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which ones; left out: all.")] filter: Option<FindingFilter>,
        #[graphql(desc = "In which order; left out: SEVERITY.")] order_by: Option<FindingOrder>,
        #[graphql(desc = "How many from the beginning, or after `after`: 20 when left out, at most 100.")]
        first: Option<i32>,
        #[graphql(desc = "Those after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, or before `before`: at most 100. Not together with `first`.")]
        last: Option<i32>,
        #[graphql(desc = "Those before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Finding>> {
        let arguments = PageArguments {
            first,
            after,
            last,
            before,
        };
        let page = arguments.page()?;
        let filter = filter.unwrap_or_default();
        let by_content = filter.asks_for_content();
        let filter = filter.try_into()?;
        let order = order_by.unwrap_or(FindingOrder::Severity).into();
        let reader = reader(ctx).await?;
        let (slice, total) = store::finding_page(&reader, filter, order, &page, wants_total(ctx)).await?;
        if by_content {
            note_all(&reader, &slice);
        }
        Ok(Connection::of(&reader, slice, total, Finding::all))
    }

    /// The corrective actions of what you can see, those due first before the others. What is withheld from you comes
    /// last, and is counted where no filter but the department and the year is given.
    #[graphql(complexity = "page_cost(first, None, child_complexity)")]
    async fn corrective_actions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which ones; left out: all.")] filter: Option<CorrectiveActionFilter>,
        #[graphql(desc = "How many: 20 when left out, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Those after this cursor.")] after: Option<String>,
    ) -> Result<Connection<CorrectiveAction>> {
        let page = PageArguments::forward(first, after).page()?;
        let filter = filter.unwrap_or_default();
        let by_content = filter.asks_for_content();
        let filter = filter.try_into()?;
        let reader = reader(ctx).await?;
        let (slice, total) = store::action_page(&reader, filter, &page, wants_total(ctx)).await?;
        if by_content {
            note_all(&reader, &slice);
        }
        Ok(Connection::of(&reader, slice, total, CorrectiveAction::all))
    }
}

/// Notes everything in a page as read: that it fits a filter which asks for content tells of its content.
fn note_all<M: Secret>(reader: &Reader, page: &Slice<Sealed<M>>) {
    for (_, row) in &page.rows {
        _ = row.content(reader);
    }
}

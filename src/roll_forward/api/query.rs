use super::{CarryOver, CarryOverFilter};
use crate::{
    graphql::{Connection, PageArguments, Result, page_cost, reader, wants_total},
    roll_forward::store,
};
use async_graphql::{Context, Object};

/// The queries of rolling forward.
#[derive(Clone, Copy, Debug, Default)]
pub struct RollForwardQuery;

#[Object]
impl RollForwardQuery {
    /// What is proposed to come along from one control year to the next, and what became of it, as far as you see the
    /// plans of the departments in question: by control year, then risks, points, findings and actions as they were
    /// proposed.
    #[graphql(complexity = "page_cost(first, None, child_complexity)")]
    async fn carry_overs(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those that fit; left out: all.")] filter: Option<CarryOverFilter>,
        #[graphql(desc = "How many: 20 when left out, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Those after this cursor.")] after: Option<String>,
    ) -> Result<Connection<CarryOver>> {
        let page = PageArguments::forward(first, after).page()?;
        let filter = filter.unwrap_or_default().try_into()?;
        let reader = reader(ctx).await?;
        let (slice, total) = store::carry_over_page(&reader, filter, &page, wants_total(ctx)).await?;
        Ok(Connection::of(&reader, slice, total, CarryOver::all))
    }
}

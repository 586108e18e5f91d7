use super::{ControlPoint, ControlPointFilter, ControlYear, Risk, RiskFilter};
use crate::graphql::limits::{expected, list_cost};
use crate::{
    graphql::{Connection, PageArguments, Result, page_cost, reader, wants_total},
    planning::{rules::parse_year, store},
};
use async_graphql::{Context, Object};

/// The planning's queries.
#[derive(Clone, Copy, Debug, Default)]
pub struct PlanningQuery;

#[Object]
impl PlanningQuery {
    /// The control year of a calendar year; null when there is none, and for the public.
    async fn control_year(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The calendar year, 1900 to 2200.")] year: i32,
    ) -> Result<Option<ControlYear>> {
        let year = parse_year(year)?;
        let reader = reader(ctx).await?;
        let found = store::visible_year(&reader, year).await?;
        Ok(found.map(|row| ControlYear::single(&reader, row)))
    }

    /// The control years, the latest first; none for the public.
    #[graphql(complexity = "list_cost(expected::YEARS, child_complexity)")]
    async fn control_years(&self, ctx: &Context<'_>) -> Result<Vec<ControlYear>> {
        let reader = reader(ctx).await?;
        let found = store::years(&reader).await?;
        Ok(ControlYear::all(&reader, found))
    }

    /// The control points that you can see, by control year, then in the order in which they were created.
    #[graphql(complexity = "page_cost(first, None, child_complexity)")]
    async fn control_points(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those that fit; left out: all.")] filter: Option<ControlPointFilter>,
        #[graphql(desc = "How many: 20 when left out, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Those after this cursor.")] after: Option<String>,
    ) -> Result<Connection<ControlPoint>> {
        let page = PageArguments::forward(first, after).page()?;
        let filter = filter.unwrap_or_default().try_into()?;
        let reader = reader(ctx).await?;
        let (slice, total) = store::point_page(&reader, filter, &page, wants_total(ctx)).await?;
        Ok(Connection::of(&reader, slice, total, ControlPoint::all))
    }

    /// The risks that you can see, by control year, then in the order in which they were registered.
    #[graphql(complexity = "page_cost(first, None, child_complexity)")]
    async fn risks(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those that fit; left out: all.")] filter: Option<RiskFilter>,
        #[graphql(desc = "How many: 20 when left out, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Those after this cursor.")] after: Option<String>,
    ) -> Result<Connection<Risk>> {
        let page = PageArguments::forward(first, after).page()?;
        let filter = filter.unwrap_or_default().try_into()?;
        let reader = reader(ctx).await?;
        let (slice, total) = store::risk_page(&reader, filter, &page, wants_total(ctx)).await?;
        Ok(Connection::of(&reader, slice, total, Risk::all))
    }
}

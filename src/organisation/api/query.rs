use super::{Committee, Department, Municipality, User, Viewer};
use crate::{
    graphql::{Connection, Date, Fault, Lookup, PageArguments, Result, page_cost, reader, wants_total},
    organisation::store,
};
use async_graphql::{Context, Object};
use entity::UserKind;

/// The organisation's queries.
#[derive(Clone, Copy, Debug, Default)]
pub struct OrganisationQuery;

#[Object]
impl OrganisationQuery {
    /// Who you are, what roles you have, and what you have to do.
    async fn viewer(&self, ctx: &Context<'_>) -> Result<Viewer> {
        Ok(Viewer(reader(ctx).await?))
    }

    /// The caller's own municipality: from the token; for the public, the one that the server is set up for.
    async fn municipality(&self, ctx: &Context<'_>) -> Result<Municipality> {
        let reader = reader(ctx).await?;
        let own = Municipality::lookup(&reader, reader.municipality_id()).await?;
        own.ok_or_else(|| Fault::internal("the reader's municipality is not there"))
    }

    /// The municipality's departments, in its own order.
    #[graphql(complexity = "page_cost(first, None, child_complexity)")]
    async fn departments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many: 20 when left out, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Those after this cursor.")] after: Option<String>,
        #[graphql(desc = "Only those that answer to a committee on this day; left out: all.")] on: Option<Date>,
    ) -> Result<Connection<Department>> {
        let page = PageArguments::forward(first, after).page()?;
        let reader = reader(ctx).await?;
        let on = on.map(|day| day.0);
        let (slice, total) = store::department_page(&reader, on, &page, wants_total(ctx)).await?;
        Ok(Connection::of(&reader, slice, total, Department::all))
    }

    /// The department with this code; null when there is none.
    async fn department(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The department's code, such as \"KSF\".")] code: String,
    ) -> Result<Option<Department>> {
        let reader = reader(ctx).await?;
        let found = store::department_by_code(&reader, &code).await?;
        Ok(found.map(|row| Department::single(&reader, row)))
    }

    /// The municipality's committees, by name.
    #[graphql(complexity = "page_cost(first, None, child_complexity)")]
    async fn committees(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many: 20 when left out, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Those after this cursor.")] after: Option<String>,
    ) -> Result<Connection<Committee>> {
        let page = PageArguments::forward(first, after).page()?;
        let reader = reader(ctx).await?;
        let (slice, total) = store::committee_page(&reader, &page, wants_total(ctx)).await?;
        Ok(Connection::of(&reader, slice, total, Committee::all))
    }

    /// The municipality's users, by name: for those who keep, oversee or assign users. Others see themselves.
    #[graphql(complexity = "page_cost(first, None, child_complexity)")]
    async fn users(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those who may sign in, or only those who may not; left out: all.")] active: Option<bool>,
        #[graphql(desc = "Only persons, or only service accounts; left out: both.")] kind: Option<UserKind>,
        #[graphql(desc = "How many: 20 when left out, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Those after this cursor.")] after: Option<String>,
    ) -> Result<Connection<User>> {
        let page = PageArguments::forward(first, after).page()?;
        let reader = reader(ctx).await?;
        let (slice, total) = store::user_page(&reader, (active, kind), &page, wants_total(ctx)).await?;
        Ok(Connection::of(&reader, slice, total, User::all))
    }

    /// The committee with this code; null when there is none.
    async fn committee(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The committee's code, such as \"KS\".")] code: String,
    ) -> Result<Option<Committee>> {
        let reader = reader(ctx).await?;
        let found = store::committee_by_code(&reader, &code).await?;
        Ok(found.map(|row| Committee::single(&reader, row)))
    }
}

use super::{
    AccessChange, PolicyVersion,
    explanation::{AccessExplanation, ExplainedPlace},
    policy::PolicyInForce,
};
use crate::{
    access::{Place, Right},
    administration::store,
    graphql::{
        Caller, Connection, ErrorCode, NodeKind, PageArguments, RequestError, Result, page_cost, reader,
        unauthenticated, wants_total,
    },
};
use async_graphql::{Context, ID, Object};
use entity::AccessChangeStatus;

/// Administration's queries.
#[derive(Clone, Copy, Debug, Default)]
pub struct AdministrationQuery;

#[Object]
impl AdministrationQuery {
    /// The policy that counts in the municipality: which role may do what. For everybody who is signed in.
    async fn policy(&self, ctx: &Context<'_>) -> Result<PolicyInForce> {
        let reader = reader(ctx).await?;
        if !reader.is_internal() {
            return Err(unauthenticated(message!("administration-sign-in-for-policy")).into());
        }
        PolicyInForce::of(&reader).await
    }

    /// The versions of the municipality's own policy, from the first. For those who keep or oversee it; empty for others.
    #[graphql(complexity = "page_cost(first, last, child_complexity)")]
    async fn policy_versions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the beginning: 20 when left out, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Those after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Those before this cursor.")] before: Option<String>,
    ) -> Result<Connection<PolicyVersion>> {
        let page = PageArguments {
            first,
            after,
            last,
            before,
        }
        .page()?;
        let reader = reader(ctx).await?;
        let (slice, total) = store::policy_page(&reader, &page, wants_total(ctx)).await?;
        Ok(Connection::of(&reader, slice, total, PolicyVersion::all))
    }

    /// What takes two administrators, the oldest first. For those who keep or oversee users and policy; empty for others.
    #[graphql(complexity = "page_cost(first, last, child_complexity)")]
    #[allow(clippy::too_many_arguments, reason = "they are the field's arguments")]
    async fn access_changes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those that have come so far; left out: all.")] status: Option<AccessChangeStatus>,
        #[graphql(desc = "How many from the beginning: 20 when left out, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Those after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Those before this cursor.")] before: Option<String>,
    ) -> Result<Connection<AccessChange>> {
        let page = PageArguments {
            first,
            after,
            last,
            before,
        }
        .page()?;
        let reader = reader(ctx).await?;
        let (slice, total) = store::change_page(&reader, status, &page, wants_total(ctx)).await?;
        Ok(Connection::of(&reader, slice, total, AccessChange::all))
    }

    /// Why somebody may or may not do something: each of their roles and permissions, and what it comes to. Of oneself,
    /// or for those who keep or oversee users. Null when there is no such user, department or committee.
    #[allow(clippy::too_many_arguments, reason = "they are the field's arguments")]
    async fn explain_access(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What they would do.")] right: Right,
        #[graphql(desc = "Who; left out: you.")] user_id: Option<ID>,
        #[graphql(desc = "The code of the department that they would do it in.")] department_code: Option<String>,
        #[graphql(desc = "The code of the committee that they would do it for.")] committee_code: Option<String>,
        #[graphql(
            desc = "What they would do it to: an Assessment, CorrectiveAction, DepartmentReport, Finding or FollowUp \
                    that you can see. Says also whether duties are separated there."
        )]
        subject_id: Option<ID>,
    ) -> Result<Option<AccessExplanation>> {
        let reader = reader(ctx).await?;
        let own = reader
            .actor()
            .user_id()
            .ok_or_else(|| unauthenticated(message!("administration-sign-in-to-ask")))?;
        let user = match user_id {
            None => own,
            Some(id) => NodeKind::User
                .decode(&id)
                .map_err(|error| RequestError::bad_request(error.message()))?,
        };
        if user != own && !reader.may(Right::UserRead, Place::Municipality) {
            let message = message!("administration-own-explanation-only");
            return Err(RequestError::new(ErrorCode::Forbidden, message).into());
        }
        let place = ExplainedPlace {
            department_code,
            committee_code,
            subject_id,
        };
        let language = Caller::of(ctx)?.language();
        AccessExplanation::of(&reader, user, right, place, language).await
    }
}

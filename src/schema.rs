//! The whole schema, put together from what each room offers.

pub mod comparison;
mod node;
pub mod reference;

use crate::{
    administration::{AdministrationMutation, AdministrationQuery, TokenMutation},
    attachments::AttachmentMutation,
    audit::AuditQuery,
    decisions::{DecisionsMutation, DecisionsQuery},
    follow_up::{FollowUpMutation, FollowUpQuery},
    graphql::{Conclusion, SubscriptionRoot, limits::Limits, specification::Specification},
    language::LanguageQuery,
    organisation::{OrganisationMutation, OrganisationQuery},
    planning::{PlanningMutation, PlanningQuery},
    reminders::{ReminderMutation, ReminderQuery},
    reporting::{ReportingMutation, ReportingQuery, ReportingSubscription},
    roll_forward::{RollForwardMutation, RollForwardQuery},
    secrecy::SecrecyMutation,
    work::WorkSubscription,
};
use async_graphql::{
    EmptyMutation, EmptySubscription, MergedObject, ObjectType, SDLExportOptions, SchemaBuilder, SubscriptionType,
};

/// Everything that can be read.
#[derive(Clone, Copy, Debug, Default, MergedObject)]
#[graphql(name = "Query")]
pub struct Query(
    node::NodeQuery,
    OrganisationQuery,
    PlanningQuery,
    RollForwardQuery,
    FollowUpQuery,
    ReportingQuery,
    ReminderQuery,
    DecisionsQuery,
    AdministrationQuery,
    AuditQuery,
    LanguageQuery,
);

/// Everything that can be changed. Each mutation takes one `input` and answers with the changed object, or with all
/// the `errors` that stood in the way.
#[derive(Clone, Copy, Debug, Default, MergedObject)]
#[graphql(name = "Mutation")]
pub struct Mutation(
    OrganisationMutation,
    PlanningMutation,
    RollForwardMutation,
    FollowUpMutation,
    ReportingMutation,
    ReminderMutation,
    DecisionsMutation,
    SecrecyMutation,
    AttachmentMutation,
    AdministrationMutation,
    TokenMutation,
);

/// Everything that can be followed. Each event has the present state of what is followed, as you may see it then, and
/// comes when what you select of it has changed.
#[derive(Clone, Copy, Debug, Default, MergedObject)]
#[graphql(name = "Subscription")]
pub struct Subscription(ReportingSubscription, WorkSubscription);

/// The schema of the API.
pub type Schema = async_graphql::Schema<Query, Mutation, SubscriptionRoot<Subscription>>;

/// The schema that each event of a subscription is a query of: what [`Schema`] describes as its subscriptions.
pub type LiveSchema = async_graphql::Schema<Subscription, EmptyMutation, EmptySubscription>;

/// The schema, with what one request may cost.
#[must_use]
pub fn build(limits: &Limits) -> Schema {
    let subscriptions = SubscriptionRoot::default();
    finished(
        limits,
        Schema::build(Query::default(), Mutation::default(), subscriptions),
    )
}

/// The schema as a text, in the schema definition language: what `schema/schema.graphql` is.
#[must_use]
pub fn sdl(schema: &Schema) -> String {
    let text = schema.sdl_with_options(SDLExportOptions::new().include_specified_by());
    format!("{}\n", text.trim_end())
}

/// The schema of what subscriptions select, with what one event may cost.
#[must_use]
pub fn build_live(limits: &Limits) -> LiveSchema {
    finished(
        limits,
        LiveSchema::build(Subscription::default(), EmptyMutation, EmptySubscription),
    )
}

fn finished<Q, M, S>(limits: &Limits, schema: SchemaBuilder<Q, M, S>) -> async_graphql::Schema<Q, M, S>
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
{
    Specification::new(limits.clone())
        // Outermost, so that it sees the answer as it would leave.
        .install(schema.extension(Conclusion))
        .finish()
}

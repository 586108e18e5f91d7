//! The whole schema, put together from what each room offers.

mod node;

use crate::{
    administration::{AdministrationMutation, AdministrationQuery, TokenMutation},
    audit::AuditQuery,
    decisions::{DecisionsMutation, DecisionsQuery},
    follow_up::{FollowUpMutation, FollowUpQuery},
    graphql::{Conclusion, limits::Limits, specification::Specification},
    organisation::{OrganisationMutation, OrganisationQuery},
    planning::{PlanningMutation, PlanningQuery},
    reminders::{ReminderMutation, ReminderQuery},
    reporting::{ReportingMutation, ReportingQuery},
    secrecy::SecrecyMutation,
};
use async_graphql::{EmptySubscription, MergedObject};

/// Everything that can be read.
#[derive(Clone, Copy, Debug, Default, MergedObject)]
#[graphql(name = "Query")]
pub struct Query(
    node::NodeQuery,
    OrganisationQuery,
    PlanningQuery,
    FollowUpQuery,
    ReportingQuery,
    ReminderQuery,
    DecisionsQuery,
    AdministrationQuery,
    AuditQuery,
);

/// Everything that can be changed. Each mutation takes one `input` and answers with the changed object, or with all
/// the `errors` that stood in the way.
#[derive(Clone, Copy, Debug, Default, MergedObject)]
#[graphql(name = "Mutation")]
pub struct Mutation(
    OrganisationMutation,
    PlanningMutation,
    FollowUpMutation,
    ReportingMutation,
    ReminderMutation,
    DecisionsMutation,
    SecrecyMutation,
    AdministrationMutation,
    TokenMutation,
);

/// The schema of the API.
pub type Schema = async_graphql::Schema<Query, Mutation, EmptySubscription>;

/// The schema, with what one request may cost.
#[must_use]
pub fn build(limits: &Limits) -> Schema {
    Specification::new(limits.clone())
        // Outermost, so that it sees the answer as it would leave.
        .install(Schema::build(Query::default(), Mutation::default(), EmptySubscription).extension(Conclusion))
        .finish()
}

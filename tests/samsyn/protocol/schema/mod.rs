//! A schema with all that can go wrong. `tests/npm/reference.mjs` has the same for graphql-js.

mod inputs;
mod outputs;

use async_graphql::{EmptySubscription, MergedObject, Schema, SchemaBuilder};

/// The root of queries.
#[derive(Default, MergedObject)]
#[graphql(name = "Query")]
pub(crate) struct Query(outputs::Outputs, inputs::Inputs);

/// The schema, without the extension.
pub(crate) fn build() -> SchemaBuilder<Query, outputs::Mutation, EmptySubscription> {
    Schema::build(Query::default(), outputs::Mutation, EmptySubscription)
}

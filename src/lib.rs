//! Samsyn: a GraphQL API for the internal control of Swedish municipalities.

pub mod graphql;
pub mod server;

//! The HTTP server: routes, what surrounds every request, and how it starts and stops.
//!
//! ```no_run
//! use async_graphql::{EmptyMutation, EmptySubscription, Object, Schema};
//! use samsyn::graphql::{limits::Limits, specification::Specification};
//! use samsyn::server::{self, graphql_endpoint::{Anonymous, GraphqlEndpoint}};
//!
//! struct Query;
//!
//! #[Object]
//! impl Query {
//!     async fn ok(&self) -> bool {
//!         true
//!     }
//! }
//!
//! async fn run() -> std::io::Result<()> {
//!     let limits = Limits::default();
//!     let schema = Schema::build(Query, EmptyMutation, EmptySubscription);
//!     let schema = Specification::new(limits.clone()).install(schema).finish();
//!     let endpoint = GraphqlEndpoint::new(schema, Anonymous, limits);
//!     let ready = || async { Ok::<(), String>(()) };
//!     let routes = server::routes(endpoint, ready); // merge further routes here
//!     let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;
//!     let stop = server::stop_signal()?;
//!     server::serve(listener, server::with_middleware(routes), stop, server::DRAIN_TIME).await
//! }
//! ```

mod accept_language;
mod app;
mod attachments;
mod failed_sign_in;
mod failure;
pub mod graphql_endpoint;
mod health;
mod origins;
mod pages;
mod receiving;
mod refusal;
mod schema_text;
mod serve;
mod sheets;
mod sign_in;
mod surroundings;

use async_graphql::Executor;
use axum::Router;

use self::graphql_endpoint::{GraphqlEndpoint, RequestContext};
pub use self::{
    app::app,
    health::{Condition, Readiness},
    origins::{BadOrigin, Origins},
    pages::{ActorToken, Pages, graphiql, portal},
    refusal::Refusal,
    serve::{DRAIN_TIME, STACK_BYTES, serve, stop_signal},
    sign_in::{DEFAULT_BUDGET, DEFAULT_RESTORED, SignIn},
    surroundings::{REQUEST_ID_HEADER, with_middleware},
};

/// The routes `/graphql`, `/health/live` and `/health/ready`. Merge further ones, then add [`with_middleware`].
pub fn routes<E, C>(endpoint: GraphqlEndpoint<E, C>, readiness: impl Readiness) -> Router
where
    E: Executor,
    C: RequestContext,
{
    Router::new()
        .route("/graphql", endpoint.into_route())
        .merge(health::routes(readiness))
}

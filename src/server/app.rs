use super::{SignIn, graphiql, graphql_endpoint::GraphqlEndpoint, routes, with_middleware};
use crate::{access::Gate, graphql::limits::Limits, schema};
use axum::{Router, response::Redirect, routing::get};

/// Everything that the program serves: the API, its page and its health.
pub fn app(gate: &Gate, sign_in: SignIn, page: graphiql::Configuration) -> Router {
    let limits = Limits::default();
    let endpoint = GraphqlEndpoint::new(schema::build(&limits), sign_in, limits);
    let database = gate.database().clone();
    let ready = move || {
        let database = database.clone();
        async move { database.ping().await }
    };
    let pages = graphiql::routes(page).route("/", get(|| async { Redirect::temporary("/graphiql") }));
    with_middleware(routes(endpoint, ready).merge(pages))
}

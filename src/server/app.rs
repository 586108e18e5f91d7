use super::{Condition, SignIn, graphiql, graphql_endpoint::GraphqlEndpoint, routes, with_middleware};
use crate::{
    access::{Gate, Issuers},
    database::{Database, StoreError},
    graphql::limits::Limits,
    live::Live,
    schema,
};
use axum::{Router, response::Redirect, routing::get};
use serde_json::json;

/// Everything that the program serves: the API with its subscriptions, which pages of these origins may open too, its
/// page and its health.
pub fn app(gate: &Gate, sign_in: SignIn, page: graphiql::Configuration, live: Live, origins: &[String]) -> Router {
    let limits = Limits::default();
    let (database, issuers) = (gate.database().clone(), sign_in.issuers().clone());
    let endpoint = GraphqlEndpoint::new(schema::build(&limits), sign_in, limits)
        .with_live(live)
        .with_origins(origins);
    let ready = move || condition(database.clone(), issuers.clone());
    let pages = graphiql::routes(page).route("/", get(|| async { Redirect::temporary("/graphiql") }));
    with_middleware(routes(endpoint, ready).merge(pages))
}

/// Without a database nothing is served. Without a provider, those go on whose tokens are signed with keys that are known.
async fn condition(database: Database, issuers: Issuers) -> Result<Condition, StoreError> {
    database.ping().await?;
    let providers = issuers.condition();
    Ok(match providers.unreachable {
        0 => Condition::Ready,
        unreachable => Condition::Degraded(json!({
            "identityProviders": {
                "configured": providers.configured,
                "unreachable": unreachable,
                "withoutKeys": providers.without_keys,
            },
        })),
    })
}

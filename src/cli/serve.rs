use super::{CliError, Settings, output::say};
use crate::{
    access::{Gate, LocalTokens, Policy},
    database::{Database, masked},
    graphql::limits::Limits,
    schema,
    server::{self, SignIn, graphql_endpoint::GraphqlEndpoint},
};
use axum::Router;
use tokio::net::TcpListener;

/// Serves the API until it is told to stop.
pub(super) async fn run(settings: &Settings) -> Result<(), CliError> {
    let database = Database::open(&settings.database_url()).await?;
    database.check_schema().await?;
    let gate = Gate::new(database.clone(), Policy::shipped().await?, settings.clock()?);
    let listener = listen(settings).await?;
    say(&format!("Samsyn serves http://{}/graphql", listener.local_addr()?));
    say(&format!("  data: {}", masked(&settings.database_url())));
    serve(settings, listener, gate).await?;
    database.close().await;
    Ok(())
}

/// Takes the address, before anything else is done there.
pub(super) async fn listen(settings: &Settings) -> Result<TcpListener, CliError> {
    let address = settings.listen;
    if !address.ip().is_loopback() && !settings.allow_remote_local_tokens {
        return Err(CliError::Settings(format!(
            "{address} is open to other machines, and local tokens are for this one: listen on 127.0.0.1, or say --allow-remote-local-tokens"
        )));
    }
    TcpListener::bind(address).await.map_err(|error| CliError::Listen {
        address: address.to_string(),
        reason: error.to_string(),
    })
}

/// Serves on `listener` until the process is told to stop.
pub(super) async fn serve(settings: &Settings, listener: TcpListener, gate: Gate) -> Result<(), CliError> {
    let tokens = LocalTokens::of(&settings.data_dir)?;
    let sign_in = SignIn::new(gate.clone(), tokens, settings.public_municipality.clone());
    let app = server::with_middleware(routes(gate, sign_in));
    server::serve(listener, app, server::stop_signal()?, server::DRAIN_TIME).await?;
    Ok(())
}

fn routes(gate: Gate, sign_in: SignIn) -> Router {
    let limits = Limits::default();
    let endpoint = GraphqlEndpoint::new(schema::build(&limits), sign_in, limits);
    let database = gate.database().clone();
    let ready = move || {
        let database = database.clone();
        async move { database.ping().await }
    };
    server::routes(endpoint, ready)
}

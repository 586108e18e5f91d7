use super::{CliError, Settings, output::say};
use crate::{
    access::{BearerTokens, Gate},
    attachments::{Objects, keep_sweeping},
    audit::Incidents,
    database::{Database, masked},
    demo,
    graphql::limits::{Budgets, Limits},
    live::Live,
    organisation::municipality_codes,
    server::{self, Origins, Pages, SignIn, graphiql, graphql_endpoint::Documents},
};
use std::time::Duration;
use tokio::{
    net::TcpListener,
    sync::{oneshot, watch},
    time::timeout,
};

/// How long clients of subscriptions may take to close, when the server stops.
const GOODBYE: Duration = Duration::from_secs(3);

/// Serves the API until it is told to stop.
pub(super) async fn run(settings: &Settings) -> Result<(), CliError> {
    let database = Database::open_existing(&settings.database_url()).await?;
    database.check_schema().await?;
    let listener = listen(settings).await?;
    let gate = settings.gate(database.clone()).await?;
    let tokens = settings.bearer_tokens()?;
    let objects = settings.objects()?;
    let stop = server::stop_signal()?;
    announce(settings, &listener)?;
    let pages = Pages {
        graphiql: graphiql::Configuration {
            examples: demo::EXAMPLES.to_vec(),
            tokens: Vec::new(),
        },
        portal: None,
    };
    serve(settings, listener, gate, tokens, objects, pages, stop).await
}

/// Takes the address, before anything else is done there.
pub(super) async fn listen(settings: &Settings) -> Result<TcpListener, CliError> {
    let address = settings.listen;
    if settings.takes_local_tokens() && !address.ip().is_loopback() && !settings.allow_remote_local_tokens {
        return Err(CliError::Settings(format!(
            "{address} is open to other machines, and local tokens are for this one: listen on 127.0.0.1, or say \
             --allow-remote-local-tokens, or --local-tokens false"
        )));
    }
    TcpListener::bind(address).await.map_err(|error| CliError::Listen {
        address: address.to_string(),
        reason: error.to_string(),
    })
}

/// Says where everything is.
pub(super) fn announce(settings: &Settings, listener: &TcpListener) -> Result<(), CliError> {
    let address = listener.local_addr()?;
    say("Samsyn is running.");
    say(&format!("  Explore it:  http://{address}/graphiql"));
    say(&format!("  The API:     http://{address}/graphql"));
    say(&format!("  The data:    {}", masked(&settings.database_url())));
    Ok(())
}

/// Serves on `listener` until `stop`, which is listened for from before anybody is told that the program runs.
pub(super) async fn serve(
    settings: &Settings,
    listener: TcpListener,
    gate: Gate,
    tokens: BearerTokens,
    objects: Objects,
    pages: Pages,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), CliError> {
    if let Some(code) = &settings.public_municipality
        && !municipality_codes(gate.database()).await?.contains(code)
    {
        return Err(CliError::NotFound(format!(
            "there is no municipality {code} for the public to read: see --public-municipality"
        )));
    }
    let reminders = settings.reminders()?;
    let budgets = Budgets::new(settings.cost_budget, settings.cost_restored_per_second);
    let issuers = tokens.issuers().clone();
    let sign_in = SignIn::new(gate.clone(), tokens, settings.public_municipality.clone())
        .with_budgets(budgets)
        .with_public_introspection(!settings.hide_schema_from_public);
    let origins = Origins::new(&settings.allowed_origins).map_err(|error| CliError::Settings(error.to_string()))?;
    let documents = Documents::read(&settings.documents, &Limits::default())
        .map_err(|error| CliError::Settings(error.to_string()))?;
    let live = Live::new(&gate, &Limits::default(), settings.subscriptions.clone());
    let app = server::app(
        &gate,
        sign_in,
        objects.clone(),
        pages,
        live.clone(),
        &origins,
        documents,
    );
    // They end when this function does, however it does: then the other ends are dropped.
    let (stop_telling, stopped) = oneshot::channel();
    let telling = tokio::spawn(Incidents::keep_telling(gate.clone(), stopped));
    let (stop_asking, stopped) = oneshot::channel();
    tokio::spawn(issuers.keep_fresh(stopped));
    let (stop_following, stopped) = oneshot::channel();
    let following = tokio::spawn(live.clone().keep_telling(stopped));
    let (stop_reminding, stopping) = watch::channel(false);
    let reminding = reminders.map(|reminders| tokio::spawn(reminders.keep_sending(gate.clone(), stopping)));
    let (stop_sweeping, stopped) = oneshot::channel();
    let sweeping = tokio::spawn(keep_sweeping(gate.clone(), objects, stopped));
    let stop = {
        let live = live.clone();
        async move {
            stop.await;
            live.stop();
        }
    };
    let served = server::serve(listener, app, stop, server::DRAIN_TIME).await;
    // WebSockets are not among what the server waits for.
    if timeout(GOODBYE, live.stopped()).await.is_err() {
        tracing::warn!("stopped with subscriptions that did not end");
    }
    drop((stop_telling, stop_asking, stop_following, stop_reminding, stop_sweeping));
    if let Err(error) = following.await {
        tracing::error!(%error, "subscriptions were not told of changes");
    }
    if let Some(reminding) = reminding
        && timeout(server::DRAIN_TIME, reminding).await.is_err()
    {
        tracing::warn!("stopped while a reminder was being sent: another process finds out when its time is up");
    }
    if let Err(error) = sweeping.await {
        tracing::error!(%error, "files that are no longer needed stay until the next start");
    }
    if let Err(error) = telling.await {
        tracing::error!(%error, "what was refused last may be missing in the audit log");
    }
    gate.database().close().await;
    Ok(served?)
}

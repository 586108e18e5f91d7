use super::{LiveLimits, Moment, Place, hub::Hub, places::Places};
use crate::{
    access::Gate,
    database::StoreError,
    graphql::{RequestError, limits::Limits},
    schema::{self, LiveSchema},
};
use async_graphql::{Request, Response};
use std::{fmt, sync::Arc, time::Duration};
use tokio::sync::{Semaphore, SemaphorePermit, oneshot, watch};
use uuid::Uuid;

/// What all subscriptions of a server process share.
#[derive(Clone)]
pub struct Live(Arc<Shared>);

struct Shared {
    hub: Hub,
    schema: LiveSchema,
    limits: LiveLimits,
    execution_time: Duration,
    turns: Semaphore,
    places: Places,
    stopping: watch::Sender<bool>,
}

impl fmt::Debug for Live {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Live")
            .field("limits", &self.0.limits)
            .finish_non_exhaustive()
    }
}

impl Live {
    /// Shows what changes behind `gate`. Each event is within `limits`, and all that is open within `live_limits`.
    #[must_use]
    pub fn new(gate: &Gate, limits: &Limits, live_limits: LiveLimits) -> Self {
        Self(Arc::new(Shared {
            hub: Hub::new(gate.clone()),
            schema: schema::build_live(limits),
            execution_time: limits.execution_time,
            turns: Semaphore::new(live_limits.at_once.get()),
            limits: live_limits,
            places: Places::default(),
            stopping: watch::Sender::new(false),
        }))
    }

    /// Hears of changes, and has subscriptions look at them, until `stopped` ends or is dropped.
    pub async fn keep_telling(self, stopped: oneshot::Receiver<()>) {
        self.0.hub.clone().keep_telling(stopped).await;
    }

    /// Ends all that is open: clients are told that the server goes away, and go on elsewhere.
    pub fn stop(&self) {
        self.0.stopping.send_replace(true);
    }

    /// Completes when [`Self::stop`] was called.
    pub(crate) async fn stopping(&self) {
        let mut stopping = self.0.stopping.subscribe();
        // The other end is held by this.
        drop(stopping.wait_for(|stopping| *stopping).await);
    }

    /// Completes when nothing is open any more.
    pub async fn stopped(&self) {
        self.0.places.all_left().await;
    }

    pub(crate) fn limits(&self) -> &LiveLimits {
        &self.0.limits
    }

    /// A place for a WebSocket connection.
    pub(crate) fn connection(&self) -> Result<Place, RequestError> {
        self.0.places.connection(&self.0.limits)
    }

    /// A place for a connection of this client's.
    pub(crate) fn connection_of(&self, client: &str) -> Result<Place, RequestError> {
        self.0.places.connection_of(&self.0.limits, client)
    }

    /// A place for a subscription.
    pub(crate) fn subscription(&self, client: &str, municipality_id: Uuid) -> Result<Place, RequestError> {
        self.0.places.subscription(&self.0.limits, client, municipality_id)
    }

    /// The moments of a municipality from now on: a look taken after this call, or after one of them, sees what was
    /// stored by then.
    pub(crate) async fn watch(&self, municipality_id: Uuid) -> Result<watch::Receiver<Moment>, StoreError> {
        self.0.hub.watch(municipality_id).await
    }

    /// A turn to look: subscriptions take no more connections to the database than there are turns.
    pub(crate) async fn turn(&self) -> Option<SemaphorePermit<'_>> {
        // Nothing closes the semaphore.
        self.0.turns.acquire().await.ok()
    }

    /// Takes a look; `None` when it takes too long.
    pub(crate) async fn look(&self, request: Request) -> Option<Response> {
        tokio::time::timeout(self.0.execution_time, self.0.schema.execute(request))
            .await
            .ok()
    }
}

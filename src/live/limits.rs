use serde::{Deserialize, Serialize};
use std::{num::NonZeroUsize, time::Duration};

/// How much is held open, and for how long. The counts are the operator's to set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LiveLimits {
    /// WebSocket connections of one server process.
    pub connections: usize,
    /// WebSocket connections of one client.
    pub connections_of_client: usize,
    /// Operations on one WebSocket connection at once.
    pub operations: usize,
    /// Subscriptions of one client, as budgets tell them apart.
    pub of_client: usize,
    /// Subscriptions in one municipality.
    pub of_municipality: usize,
    /// Subscriptions of one server process.
    pub of_server: usize,
    /// Events that are made at once, for all subscriptions together: so many connections to the database at most.
    pub at_once: NonZeroUsize,
    /// The time between two events of one subscription, at least. What changes meanwhile comes in one event.
    #[serde(skip)]
    pub pause: Duration,
    /// How long a WebSocket connection may take to be initialised.
    #[serde(skip)]
    pub initialisation: Duration,
    /// How often an idle connection is tried. A WebSocket that says nothing to it until the next time is closed.
    #[serde(skip)]
    pub keep_alive: Duration,
    /// How long a client may take to receive one message.
    #[serde(skip)]
    pub send: Duration,
}

impl Default for LiveLimits {
    fn default() -> Self {
        Self {
            connections: 5_000,
            connections_of_client: 50,
            operations: 50,
            of_client: 100,
            of_municipality: 2_000,
            of_server: 5_000,
            at_once: NonZeroUsize::MIN.saturating_add(2),
            pause: Duration::from_secs(1),
            initialisation: Duration::from_secs(5),
            keep_alive: Duration::from_secs(12),
            send: Duration::from_secs(30),
        }
    }
}

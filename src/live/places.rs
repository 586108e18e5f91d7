use super::LiveLimits;
use crate::{
    graphql::{ErrorCode, RequestError},
    language::Message,
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::Notify;
use uuid::Uuid;

/// Counts what is open, so that no more is than may be.
#[derive(Clone, Debug, Default)]
pub(super) struct Places(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    open: Mutex<HashMap<Key, usize>>,
    left: Notify,
}

/// What is counted together.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    Connections,
    ConnectionsOf(String),
    Subscriptions,
    Client(String),
    Municipality(Uuid),
}

/// A place that is taken until this is dropped.
#[derive(Debug)]
pub(crate) struct Place {
    counts: Arc<Counts>,
    keys: Vec<Key>,
}

impl Places {
    /// A place for a WebSocket connection.
    pub(super) fn connection(&self, limits: &LiveLimits) -> Result<Place, RequestError> {
        let most = limits.connections;
        let full = message!("request-server-connections", most);
        self.take([(Key::Connections, most, full)])
    }

    /// A place for a connection of this client's, once it is known whose it is.
    pub(super) fn connection_of(&self, limits: &LiveLimits, client: &str) -> Result<Place, RequestError> {
        let key = Key::ConnectionsOf(client.to_owned());
        let most = limits.connections_of_client;
        self.take([(key, most, message!("request-own-connections", most))])
    }

    /// A place for a subscription.
    pub(super) fn subscription(
        &self,
        limits: &LiveLimits,
        client: &str,
        municipality_id: Uuid,
    ) -> Result<Place, RequestError> {
        self.take([
            (
                Key::Client(client.to_owned()),
                limits.of_client,
                message!("request-own-subscriptions", most = limits.of_client),
            ),
            (
                Key::Municipality(municipality_id),
                limits.of_municipality,
                message!("request-municipality-subscriptions", most = limits.of_municipality),
            ),
            (
                Key::Subscriptions,
                limits.of_server,
                message!("request-server-subscriptions", most = limits.of_server),
            ),
        ])
    }

    /// Completes when no connection and no subscription is open.
    pub(super) async fn all_left(&self) {
        loop {
            let left = self.0.left.notified();
            if self.0.open().is_empty() {
                return;
            }
            left.await;
        }
    }

    /// A place among all of these, or in none. Each has what is said when there is no more.
    fn take<const N: usize>(&self, among: [(Key, usize, Message); N]) -> Result<Place, RequestError> {
        let mut open = self.0.open();
        for (key, most, full) in &among {
            if open.get(key).copied().unwrap_or_default() >= *most {
                return Err(RequestError::new(ErrorCode::LimitExceeded, full.clone()));
            }
        }
        let keys: Vec<Key> = among.into_iter().map(|(key, ..)| key).collect();
        for key in &keys {
            *open.entry(key.clone()).or_default() += 1;
        }
        Ok(Place {
            counts: Arc::clone(&self.0),
            keys,
        })
    }
}

impl Counts {
    fn open(&self) -> MutexGuard<'_, HashMap<Key, usize>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.counts.open();
        for key in &self.keys {
            if let Some(count) = open.get_mut(key) {
                *count -= 1;
                if *count == 0 {
                    open.remove(key);
                }
            }
        }
        drop(open);
        self.counts.left.notify_waiters();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: LiveLimits = LiveLimits {
        of_client: 2,
        of_municipality: 3,
        of_server: 4,
        connections: 1,
        connections_of_client: 1,
        operations: 1,
        at_once: std::num::NonZeroUsize::MIN,
        pause: std::time::Duration::ZERO,
        initialisation: std::time::Duration::ZERO,
        keep_alive: std::time::Duration::ZERO,
        send: std::time::Duration::ZERO,
    };

    #[tokio::test]
    async fn a_place_is_free_again_when_it_is_left() {
        let places = Places::default();
        let one = places.connection(&TWO).unwrap();
        assert!(places.connection(&TWO).is_err());
        drop(one);
        let again = places.connection(&TWO).unwrap();
        let waiting = tokio::spawn({
            let places = places.clone();
            async move { places.all_left().await }
        });
        tokio::task::yield_now().await;
        assert!(!waiting.is_finished());
        drop(again);
        waiting.await.unwrap();
    }

    #[test]
    fn a_client_takes_no_other_clients_connections() {
        let places = Places::default();
        let _one = places.connection_of(&TWO, "a").unwrap();
        let refused = places.connection_of(&TWO, "a").unwrap_err();
        let said = refused.message.in_english();
        assert!(said.contains("1 connections of yours"), "{said}");
        assert!(places.connection_of(&TWO, "b").is_ok());
    }

    #[test]
    fn each_count_has_its_limit_and_a_refusal_takes_no_place() {
        let places = Places::default();
        let (here, there) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let take = |client: &str, municipality| places.subscription(&TWO, client, municipality);
        let said = |refused: Result<Place, RequestError>| refused.unwrap_err().message.in_english();
        let _kept = [take("a", here).unwrap(), take("a", here).unwrap()];
        assert!(said(take("a", here)).contains("2 subscriptions of yours"));
        let _more = take("b", here).unwrap();
        assert!(said(take("c", here)).contains("3 subscriptions in your municipality"));
        let _last = take("c", there).unwrap();
        assert!(said(take("d", there)).contains("4 subscriptions on this server"));
    }
}

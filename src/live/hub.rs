use super::store::last_event;
use crate::{
    access::Gate,
    database::{Heard, Listener, StoreError, Stored},
};
use chrono::NaiveDate;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::sync::{oneshot, watch};
use uuid::Uuid;

/// How often it is looked for what was not heard of.
const LOOK: Duration = Duration::from_secs(5);

/// How far a municipality has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Moment {
    /// The domain's day: with it roles begin and end, and what was due becomes overdue.
    day: NaiveDate,
    /// The number of the last event.
    sequence: i64,
}

impl Moment {
    /// Goes on to what was heard of, unless it was there before. Answers whether it did.
    fn advance(&mut self, day: NaiveDate, sequence: i64) -> bool {
        let later = Self {
            day: day.max(self.day),
            sequence: sequence.max(self.sequence),
        };
        let has_come = later != *self;
        *self = later;
        has_come
    }
}

/// Tells subscriptions that something has changed in their municipality: one listener a process, however many they are.
///
/// Each subscription has the end of a channel that holds one moment, the latest, so that one that is slow misses what
/// came between and nothing piles up.
#[derive(Clone, Debug)]
pub(super) struct Hub(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    gate: Gate,
    watched: Mutex<HashMap<Uuid, watch::Sender<Moment>>>,
}

impl Hub {
    pub(super) fn new(gate: Gate) -> Self {
        Self(Arc::new(Shared {
            gate,
            watched: Mutex::default(),
        }))
    }

    /// The moments of a municipality from now on. Whoever reads after this call will be told of what they do not see.
    pub(super) async fn watch(&self, municipality_id: Uuid) -> Result<watch::Receiver<Moment>, StoreError> {
        if let Some(watched) = self.watched().get(&municipality_id) {
            return Ok(watched.subscribe());
        }
        let sequence = last_event(self.0.gate.database(), municipality_id).await?;
        let moment = Moment {
            day: self.0.gate.clock().today(),
            sequence: sequence.unwrap_or_default(),
        };
        let mut watched = self.watched();
        let sender = watched.entry(municipality_id);
        Ok(sender.or_insert_with(|| watch::Sender::new(moment)).subscribe())
    }

    /// Listens, and tells, until `stopped` ends or is dropped.
    pub(super) async fn keep_telling(self, mut stopped: oneshot::Receiver<()>) {
        let mut listener = self.0.gate.database().listen();
        let mut looks = tokio::time::interval(LOOK);
        loop {
            tokio::select! {
                _ = &mut stopped => return,
                heard = next(&mut listener, &mut looks) => self.hear(heard).await,
            }
        }
    }

    async fn hear(&self, heard: Heard) {
        match heard {
            Heard::Stored(Stored {
                municipality_id,
                sequence,
            }) => self.tell(municipality_id, sequence),
            Heard::Perhaps => self.look().await,
        }
    }

    /// Looks how far each municipality has come that somebody watches, and forgets the others.
    async fn look(&self) {
        let municipalities: Vec<Uuid> = {
            let mut watched = self.watched();
            watched.retain(|_, moments| moments.receiver_count() > 0);
            watched.keys().copied().collect()
        };
        for municipality_id in municipalities {
            match last_event(self.0.gate.database(), municipality_id).await {
                Ok(sequence) => self.tell(municipality_id, sequence.unwrap_or_default()),
                Err(error) => tracing::warn!(%error, "what has changed cannot be looked for at the moment"),
            }
        }
    }

    fn tell(&self, municipality_id: Uuid, sequence: i64) {
        let day = self.0.gate.clock().today();
        if let Some(watched) = self.watched().get(&municipality_id) {
            watched.send_if_modified(|moment| moment.advance(day, sequence));
        }
    }

    fn watched(&self) -> MutexGuard<'_, HashMap<Uuid, watch::Sender<Moment>>> {
        self.0.watched.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is heard, or that it is time to look.
async fn next(listener: &mut Listener, looks: &mut tokio::time::Interval) -> Heard {
    tokio::select! {
        heard = listener.next() => heard,
        _ = looks.tick() => Heard::Perhaps,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_comes_with_an_event_or_a_day_and_once() {
        let day = |day| NaiveDate::from_ymd_opt(2018, 2, day).unwrap();
        let mut moment = Moment {
            day: day(15),
            sequence: 7,
        };
        assert!(!moment.advance(day(15), 7));
        assert!(moment.advance(day(15), 9));
        // What is heard late, or twice, was there before.
        assert!(!moment.advance(day(15), 8));
        assert!(!moment.advance(day(15), 9));
        assert!(moment.advance(day(16), 9));
        assert!(!moment.advance(day(15), 9));
        let reached = Moment {
            day: day(16),
            sequence: 9,
        };
        assert_eq!(moment, reached);
    }
}

//! Whoever stores something in a municipality tells of it, and whoever serves others what is stored there hears of it: of
//! this process at once, of other processes by `LISTEN` (PostgreSQL) or by watching the file (SQLite).
//!
//! What is told is no more than that there is something new. It may be lost, as a notification may be, or come twice:
//! who must not miss anything also looks now and then.

use std::fmt;
use std::str::FromStr;
use tokio::{
    sync::{broadcast, mpsc},
    task::AbortHandle,
};
use uuid::Uuid;

/// How many changes of this process wait for who listens; who is further behind is told to look.
const WAITING: usize = 1_024;

/// How much waits from other processes, before it waits where it comes from.
const WAITING_FROM_OTHERS: usize = 64;

/// That something was stored in a municipality.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stored {
    pub(crate) municipality_id: Uuid,
    /// The number of its last event.
    pub(crate) sequence: i64,
}

impl fmt::Display for Stored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.municipality_id, self.sequence)
    }
}

impl FromStr for Stored {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (municipality_id, sequence) = text.split_once(' ').ok_or(())?;
        Ok(Self {
            municipality_id: municipality_id.parse().map_err(drop)?,
            sequence: sequence.parse().map_err(drop)?,
        })
    }
}

/// What a listener hears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Heard {
    /// Something was stored.
    Stored(Stored),
    /// Something may have been stored: look.
    Perhaps,
}

/// Tells the listeners of this process.
#[derive(Clone, Debug)]
pub(super) struct Announcer(broadcast::Sender<Stored>);

impl Default for Announcer {
    fn default() -> Self {
        Self(broadcast::Sender::new(WAITING))
    }
}

impl Announcer {
    pub(super) fn tell(&self, stored: Stored) {
        // Without a listener there is nobody to tell.
        drop(self.0.send(stored));
    }

    /// Listens here, and lets `elsewhere` hear of other processes for as long.
    pub(super) fn listen<F>(&self, elsewhere: impl FnOnce(mpsc::Sender<Heard>) -> F) -> Listener
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let (told, others) = mpsc::channel(WAITING_FROM_OTHERS);
        Listener {
            here: self.0.subscribe(),
            others,
            elsewhere: tokio::spawn(elsewhere(told)).abort_handle(),
            _open: self.clone(),
        }
    }
}

/// Hears of what is stored.
#[derive(Debug)]
pub(crate) struct Listener {
    here: broadcast::Receiver<Stored>,
    others: mpsc::Receiver<Heard>,
    elsewhere: AbortHandle,
    /// Keeps the channel of this process open.
    _open: Announcer,
}

impl Listener {
    /// The next that is heard. Nothing is lost when it is not waited for to the end.
    pub(crate) async fn next(&mut self) -> Heard {
        tokio::select! {
            told = self.here.recv() => told.map_or(Heard::Perhaps, Heard::Stored),
            Some(told) = self.others.recv() => told,
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.elsewhere.abort();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored(sequence: i64) -> Stored {
        Stored {
            municipality_id: Uuid::from_u128(7),
            sequence,
        }
    }

    #[test]
    fn a_change_is_read_as_it_is_written() {
        assert_eq!(stored(42).to_string().parse(), Ok(stored(42)));
        for text in ["", "42", "42 42", "00000000-0000-0000-0000-000000000007 x"] {
            assert_eq!(text.parse::<Stored>(), Err(()), "{text}");
        }
    }

    #[tokio::test]
    async fn who_is_too_far_behind_is_told_to_look() {
        let announcer = Announcer::default();
        let mut listener = announcer.listen(|_| std::future::pending());
        announcer.tell(stored(1));
        assert_eq!(listener.next().await, Heard::Stored(stored(1)));
        for sequence in 2..WAITING as i64 + 3 {
            announcer.tell(stored(sequence));
        }
        assert_eq!(listener.next().await, Heard::Perhaps);
        assert_eq!(listener.next().await, Heard::Stored(stored(3)));
    }

    #[tokio::test]
    async fn other_processes_are_heard_too() {
        let announcer = Announcer::default();
        let mut listener = announcer.listen(|told| async move {
            assert!(told.send(Heard::Perhaps).await.is_ok());
            std::future::pending::<()>().await;
        });
        assert_eq!(listener.next().await, Heard::Perhaps);
    }
}

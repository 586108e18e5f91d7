use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use tokio::{sync::mpsc, task::AbortHandle};

use super::frame::Frame;
use crate::live::Place;

/// How many random bytes a token has: whoever knows it reads what comes in the stream.
const TOKEN_BYTES: usize = 24;

/// The streams that clients of this server process have reserved, by their tokens.
#[derive(Clone, Debug, Default)]
pub(in crate::server::graphql_endpoint) struct Streams(Arc<Mutex<HashMap<String, Reserved>>>);

#[derive(Debug)]
struct Reserved {
    /// Whose it is, as budgets tell clients apart.
    client: String,
    say: mpsc::Sender<Frame>,
    /// What is said, until the stream is open.
    said: Option<mpsc::Receiver<Frame>>,
    /// What is under way, by the ids that the client gave it.
    operations: HashMap<String, Begun>,
    /// Counts the operations that were begun.
    begun: u64,
    _places: Vec<Place>,
}

#[derive(Debug)]
struct Begun {
    number: u64,
    task: Option<AbortHandle>,
}

/// Why an operation cannot begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotBegun {
    /// There is no such stream, or it is somebody else's.
    Unknown,
    /// Its id is that of one which is under way.
    InUse,
    /// So many are under way already.
    TooMany(usize),
}

/// What an operation of a stream has while it is under way; its id is free when this is dropped.
#[derive(Debug)]
pub(super) struct Operation {
    streams: Streams,
    token: String,
    number: u64,
    pub(super) id: String,
    say: mpsc::Sender<Frame>,
}

/// An open stream; when this is dropped, the reservation and all that is under way end.
#[derive(Debug)]
pub(super) struct Open {
    streams: Streams,
    token: String,
    said: mpsc::Receiver<Frame>,
}

impl Streams {
    /// Reserves a stream, which has to be opened within `patience`; answers its token.
    pub(super) fn reserve(
        &self,
        client: String,
        places: Vec<Place>,
        patience: Duration,
    ) -> Result<String, getrandom::Error> {
        let mut secret = [0; TOKEN_BYTES];
        getrandom::fill(&mut secret)?;
        let token = URL_SAFE_NO_PAD.encode(secret);
        // Each operation waits until what it says is sent.
        let (say, said) = mpsc::channel(1);
        let reserved = Reserved {
            client,
            say,
            said: Some(said),
            operations: HashMap::new(),
            begun: 0,
            _places: places,
        };
        self.all().insert(token.clone(), reserved);
        let (streams, waiting) = (self.clone(), token.clone());
        tokio::spawn(async move {
            tokio::time::sleep(patience).await;
            let mut all = streams.all();
            if all.get(&waiting).is_some_and(|reserved| reserved.said.is_some()) {
                end(all.remove(&waiting));
            }
        });
        Ok(token)
    }

    /// Whether somebody has reserved the stream.
    pub(super) fn has(&self, token: &str) -> bool {
        self.all().contains_key(token)
    }

    /// Whether the stream is this client's.
    pub(super) fn is_of(&self, token: &str, client: &str) -> bool {
        self.all().get(token).is_some_and(|reserved| reserved.client == client)
    }

    /// Opens the stream; `None` when it is open, or there is none.
    pub(super) fn open(&self, token: &str) -> Option<Open> {
        let said = self.all().get_mut(token)?.said.take()?;
        Some(Open {
            streams: self.clone(),
            token: token.to_owned(),
            said,
        })
    }

    /// Begins an operation of a client's stream, of which at most so many are under way.
    pub(super) fn begin(&self, token: &str, client: &str, id: &str, most: usize) -> Result<Operation, NotBegun> {
        let mut all = self.all();
        let reserved = all.get_mut(token).filter(|reserved| reserved.client == client);
        let reserved = reserved.ok_or(NotBegun::Unknown)?;
        if reserved.operations.contains_key(id) {
            return Err(NotBegun::InUse);
        }
        if reserved.operations.len() >= most {
            return Err(NotBegun::TooMany(reserved.operations.len()));
        }
        reserved.begun += 1;
        let number = reserved.begun;
        reserved.operations.insert(id.to_owned(), Begun { number, task: None });
        Ok(Operation {
            streams: self.clone(),
            token: token.to_owned(),
            number,
            id: id.to_owned(),
            say: reserved.say.clone(),
        })
    }

    /// Stops an operation, if it is under way.
    pub(super) fn stop(&self, token: &str, id: &str) {
        let stopped = self
            .all()
            .get_mut(token)
            .and_then(|reserved| reserved.operations.remove(id));
        if let Some(task) = stopped.and_then(|begun| begun.task) {
            task.abort();
        }
    }

    fn all(&self) -> MutexGuard<'_, HashMap<String, Reserved>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Operation {
    /// Has the operation go on by itself, unless the client has stopped it meanwhile: what `work` does ends when it does.
    pub(super) fn go_on<W>(self, work: impl FnOnce(Self) -> W)
    where
        W: Future<Output = ()> + Send + 'static,
    {
        let (streams, token, number, id) = (self.streams.clone(), self.token.clone(), self.number, self.id.clone());
        let mut all = streams.all();
        let begun = all
            .get_mut(&token)
            .and_then(|reserved| reserved.operations.get_mut(&id));
        match begun.filter(|begun| begun.number == number) {
            // Under the lock, so that nobody stops it before it can be.
            Some(begun) => begun.task = Some(tokio::spawn(work(self)).abort_handle()),
            None => {
                drop(all);
                drop(self);
            }
        }
    }

    /// Waits until the stream takes it. Answers whether there is somebody to say more to.
    pub(super) async fn say(&self, frame: Frame) -> bool {
        self.say.send(frame).await.is_ok()
    }
}

impl Operation {
    /// Says that there is no more. By then its id is free, so that a client may use it again at once.
    pub(super) async fn complete(self) {
        self.leave();
        self.say(Frame::complete_of(&self.id)).await;
    }

    fn leave(&self) {
        let mut all = self.streams.all();
        if let Some(reserved) = all.get_mut(&self.token)
            && reserved
                .operations
                .get(&self.id)
                .is_some_and(|begun| begun.number == self.number)
        {
            reserved.operations.remove(&self.id);
        }
    }
}

impl Drop for Operation {
    fn drop(&mut self) {
        self.leave();
    }
}

impl Open {
    /// What is said next; `None` when nothing can be any more.
    pub(super) async fn next(&mut self) -> Option<Frame> {
        self.said.recv().await
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        end(self.streams.all().remove(&self.token));
    }
}

/// Ends what is under way in a stream that has ended. Operations that do not run by themselves yet find out when they say
/// something.
fn end(reserved: Option<Reserved>) {
    let operations = reserved.into_iter().flat_map(|reserved| reserved.operations);
    for task in operations.filter_map(|(_, begun)| begun.task) {
        task.abort();
    }
}

use std::{collections::HashMap, future::pending};

use async_graphql::{Executor, ServerError};
use axum::{
    extract::ws::{Message, WebSocket},
    http::{HeaderValue, StatusCode, header, request::Parts},
};
use entity::Language;
use serde_json::{Map, Value as Json};
use tokio::{
    sync::mpsc,
    task::{AbortHandle, JoinSet},
    time::{Instant, MissedTickBehavior, interval_at, sleep_until, timeout},
};
use tracing::Instrument;

use super::super::{GraphqlEndpoint, RequestContext, parameters::Sent};
use super::{
    PROTOCOL,
    close::Close,
    message::{Incoming, Outgoing},
    operation::{Operation, Said},
};
use crate::{
    graphql::{RequestError, error::say},
    language::Message as Words,
    live::{Live, Place},
    server::accept_language::of_headers,
};

/// One client's connection.
pub(super) struct Connection<E, C> {
    endpoint: GraphqlEndpoint<E, C>,
    live: Live,
    /// The head of the request that it began with, and later the client's token in it.
    parts: Parts,
    initialised: bool,
    /// The operations under way, by the ids that the client gave them.
    operations: HashMap<String, Begun>,
    tasks: JoinSet<()>,
    /// How many operations there have been.
    begun: u64,
    say: mpsc::Sender<Said>,
    said: mpsc::Receiver<Said>,
    /// Whether anything has come since the connection was tried last.
    alive: bool,
    /// Among all connections, and among those of its client.
    places: Vec<Place>,
}

struct Begun {
    number: u64,
    task: AbortHandle,
}

/// Why a connection ends.
enum End {
    Closed(Close),
    /// The client is gone, or does not read.
    Gone,
}

impl From<Close> for End {
    fn from(close: Close) -> Self {
        Self::Closed(close)
    }
}

impl<E: Executor, C: RequestContext> Connection<E, C> {
    pub(super) fn new(endpoint: GraphqlEndpoint<E, C>, live: Live, parts: Parts, place: Place) -> Self {
        // Each operation waits until what it says is sent: what a slow client has yet to read does not pile up.
        let (say, said) = mpsc::channel(1);
        Self {
            endpoint,
            live,
            parts,
            initialised: false,
            operations: HashMap::new(),
            tasks: JoinSet::new(),
            begun: 0,
            say,
            said,
            alive: true,
            places: vec![place],
        }
    }

    /// Talks with the client until one of them closes.
    pub(super) async fn run(mut self, mut socket: WebSocket) {
        let end = match socket.protocol().is_some_and(|protocol| protocol == PROTOCOL) {
            true => self.talk(&mut socket).await,
            false => Close::protocol_not_acceptable().into(),
        };
        // What is under way ends now, and not when the client has closed too.
        self.tasks.shutdown().await;
        if let End::Closed(close) = end {
            tracing::debug!(?close, "a connection is closed");
            close.perform(socket).await;
        }
    }

    async fn talk(&mut self, socket: &mut WebSocket) -> End {
        let limits = self.live.limits().clone();
        let live = self.live.clone();
        let begun = Instant::now();
        let mut tries = interval_at(begun + limits.keep_alive, limits.keep_alive);
        tries.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let stopping = live.stopping();
        tokio::pin!(stopping);
        loop {
            let initialised = self.initialised;
            let too_late = async {
                match initialised {
                    true => pending().await,
                    false => sleep_until(begun + limits.initialisation).await,
                }
            };
            let answer = tokio::select! {
                () = &mut stopping => return Close::going_away().into(),
                () = too_late => return Close::initialisation_timeout().into(),
                received = socket.recv() => match received {
                    Some(Ok(message)) => self.receive(message).await,
                    Some(Err(_)) | None => Err(End::Gone),
                },
                Some(said) = self.said.recv() => Ok(self.pass_on(said)),
                Some(ended) = self.tasks.join_next() => match ended {
                    Err(error) if error.is_panic() => Err(Close::internal().into()),
                    _ => Ok(None),
                },
                _ = tries.tick() => self.try_whether_alive(),
            };
            match answer {
                Ok(Some(message)) => match timeout(limits.send, socket.send(message)).await {
                    Ok(Ok(())) => {}
                    Ok(Err(_)) | Err(_) => return End::Gone,
                },
                Ok(None) => {}
                Err(end) => return end,
            }
        }
    }

    /// What is answered to a message at once.
    async fn receive(&mut self, message: Message) -> Result<Option<Message>, End> {
        self.alive = true;
        let text = match message {
            Message::Text(text) => text,
            Message::Binary(_) => return Err(Close::invalid_message("Messages are texts").into()),
            // The library answers both; after a close, nothing more is received.
            Message::Close(_) | Message::Ping(_) | Message::Pong(_) => return Ok(None),
        };
        let largest = self.endpoint.limits.body_bytes;
        if text.len() > largest {
            return Err(Close::too_large(largest).into());
        }
        match Incoming::read(text.as_str()).map_err(Close::invalid_message)? {
            Incoming::ConnectionInit(payload) => self.initialise(&payload).await,
            Incoming::Ping(payload) => Ok(written(&Outgoing::Pong { payload })),
            Incoming::Pong => Ok(None),
            Incoming::Subscribe { id, sent } => self.begin(id, *sent),
            Incoming::Complete { id } => {
                if let Some(begun) = self.operations.remove(&id) {
                    begun.task.abort();
                }
                Ok(None)
            }
        }
    }

    async fn initialise(&mut self, payload: &Map<String, Json>) -> Result<Option<Message>, End> {
        if std::mem::replace(&mut self.initialised, true) {
            return Err(Close::too_many_initialisations().into());
        }
        if let Some(token) = authorization(payload)? {
            self.parts.headers.insert(header::AUTHORIZATION, token);
        }
        if let Some(language) = accept_language(payload) {
            self.parts.headers.insert(header::ACCEPT_LANGUAGE, language);
        }
        match self.endpoint.context.subscriber(&self.parts).await {
            Ok(subscriber) => match self.live.connection_of(&subscriber.client) {
                Ok(place) => {
                    self.places.push(place);
                    Ok(written(&Outgoing::ConnectionAck))
                }
                Err(error) => Err(self.forbidden(&error.message)),
            },
            Err(refusal) if refusal.status == StatusCode::SERVICE_UNAVAILABLE => Err(Close::try_again_later().into()),
            Err(refusal) => Err(self.forbidden(&refusal.message)),
        }
    }

    fn language(&self) -> Language {
        of_headers(&self.parts.headers).get()
    }

    fn forbidden(&self, why: &Words) -> End {
        Close::forbidden(&why.in_language(self.language())).into()
    }

    fn begin(&mut self, id: String, sent: Sent) -> Result<Option<Message>, End> {
        if !self.initialised {
            return Err(Close::unauthorized().into());
        }
        if self.operations.contains_key(&id) {
            return Err(Close::subscriber_exists(&id).into());
        }
        let most = self.live.limits().operations;
        if self.operations.len() >= most {
            let found = self.operations.len() + 1;
            let error = RequestError::limit(message!("request-too-many-operations", found, limit = most));
            let mut errors: [ServerError; 1] = [error.into()];
            say(&mut errors, self.language());
            return Ok(written(&Outgoing::Error {
                id: &id,
                payload: &errors,
            }));
        }
        self.begun += 1;
        let number = self.begun;
        let operation = Operation {
            endpoint: self.endpoint.clone(),
            live: self.live.clone(),
            parts: self.parts.clone(),
            id: id.clone(),
            number,
            connection: self.say.clone(),
        };
        let task = self
            .tasks
            .spawn(operation.run(sent).instrument(tracing::Span::current()));
        self.operations.insert(id, Begun { number, task });
        Ok(None)
    }

    /// What an operation says, unless the client has completed it.
    fn pass_on(&mut self, said: Said) -> Option<Message> {
        let open = self.operations.get(&said.id)?;
        if open.number != said.number {
            return None;
        }
        if said.is_last {
            self.operations.remove(&said.id);
        }
        Some(Message::Text(said.text.into()))
    }

    fn try_whether_alive(&mut self) -> Result<Option<Message>, End> {
        match std::mem::replace(&mut self.alive, false) {
            true => Ok(Some(Message::Ping(Vec::new().into()))),
            false => Err(End::Gone),
        }
    }
}

/// The token in the payload of `connection_init`, by the name of the header that it would be in.
fn authorization(payload: &Map<String, Json>) -> Result<Option<HeaderValue>, Close> {
    let found = payload
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(header::AUTHORIZATION.as_str()));
    match found {
        None | Some((_, Json::Null)) => Ok(None),
        Some((_, Json::String(token))) => HeaderValue::from_str(token)
            .map(Some)
            .map_err(|_| Close::forbidden("the token is not understood")),
        Some(_) => Err(Close::forbidden("`Authorization` is a text: Bearer TOKEN")),
    }
}

/// The language in the payload of `connection_init`: browsers can set no header of a WebSocket. What is no header's value
/// asks for none.
fn accept_language(payload: &Map<String, Json>) -> Option<HeaderValue> {
    match payload.get("acceptLanguage")? {
        Json::String(value) => HeaderValue::from_str(value).ok(),
        _ => None,
    }
}

fn written(message: &Outgoing<'_>) -> Option<Message> {
    message.text().map(|text| Message::Text(text.into()))
}

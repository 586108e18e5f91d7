use super::{RequestContext, Subscriber, answer::Failure};
use crate::{
    graphql::{
        ErrorCode, EventId, Look, RequestError,
        error::{is_code, retry_after, say},
        request_id::RequestId,
        specification::ExecutionStarted,
    },
    live::{Live, Moment, Place, Selection},
    server::{Refusal, accept_language},
};
use async_graphql::{Response, ServerError, Value};
use axum::http::request::Parts;
use chrono::Utc;
use std::time::Duration;
use tokio::{sync::watch, time::Instant};

/// How soon it is looked again when the database does not answer, or when a token that says to have expired is still taken:
/// its provider's clock may differ from this one.
const AGAIN: Duration = Duration::from_secs(10);

/// The second that a token names as its last: it is taken until that has passed.
const LAST_SECOND: Duration = Duration::from_secs(1);

/// A subscription that is open: one look after another.
pub(super) struct Subscription<C> {
    live: Live,
    context: C,
    parts: Parts,
    selection: Selection,
    moments: watch::Receiver<Moment>,
    /// The last look, or what is known before the first.
    look: Look,
    begun: bool,
    ended: bool,
    /// Not before: there is a pause between two events.
    not_before: Instant,
    /// When to look although nothing has changed.
    again: Option<Instant>,
    /// When the token expires: then it is looked, whatever happens.
    expiry: Option<Instant>,
    _place: Place,
}

/// Why a subscription was not opened.
#[derive(Debug)]
pub(super) enum NotOpened {
    /// Its sender is refused.
    Refused(Refusal),
    /// It cannot be held open.
    Impossible(RequestError),
}

impl From<NotOpened> for Failure {
    fn from(not: NotOpened) -> Self {
        match not {
            NotOpened::Refused(refusal) => refusal.into(),
            NotOpened::Impossible(error) => error.into(),
        }
    }
}

/// What a subscriber is told.
#[derive(Debug)]
pub(super) enum Told {
    /// What they follow has become this.
    Event(EventId, Box<Response>),
    /// It has ended, or could not begin: why.
    End(Vec<ServerError>),
}

/// What comes of a look.
enum Seen {
    News(Told),
    Nothing,
    /// It cannot be seen now.
    Later(Duration),
}

impl<C: RequestContext> Subscription<C> {
    /// Opens a subscription that came with the head of an HTTP request, for a client that has seen an event, if it says so.
    pub(super) async fn open(
        live: Live,
        context: C,
        parts: Parts,
        selection: Selection,
        seen: Option<EventId>,
    ) -> Result<Self, NotOpened> {
        let subscriber = context.subscriber(&parts).await.map_err(NotOpened::Refused)?;
        let Subscriber {
            client,
            municipality_id,
            until,
        } = subscriber;
        let place = live
            .subscription(&client, municipality_id)
            .map_err(NotOpened::Impossible)?;
        let moments = live.watch(municipality_id).await.map_err(|error| {
            tracing::error!(%error, "a subscription cannot be opened");
            let message = message!("request-database-unavailable");
            NotOpened::Impossible(RequestError::new(ErrorCode::Unavailable, message))
        })?;
        let left = until.map(|until| (until - Utc::now()).to_std().unwrap_or_default());
        let now = Instant::now();
        Ok(Self {
            live,
            context,
            parts,
            selection,
            moments,
            look: Look::first(seen),
            begun: false,
            ended: false,
            not_before: now,
            again: None,
            expiry: left.and_then(|left| now.checked_add(left + LAST_SECOND)),
            _place: place,
        })
    }

    /// Looks for the first time: what there is to tell at once, if anything.
    pub(super) async fn first(&mut self) -> Option<Told> {
        match self.see().await {
            Seen::News(told) => {
                self.ended = matches!(told, Told::End(_));
                Some(told)
            }
            Seen::Nothing => None,
            Seen::Later(pause) => {
                self.again = Instant::now().checked_add(pause);
                None
            }
        }
    }

    /// What the subscriber is to be told next; `None` after the end.
    pub(super) async fn next(&mut self) -> Option<Told> {
        while !self.ended {
            self.wait().await;
            match self.see().await {
                Seen::News(told) => {
                    self.ended = matches!(told, Told::End(_));
                    return Some(told);
                }
                Seen::Nothing => {}
                Seen::Later(pause) => self.again = Instant::now().checked_add(pause),
            }
        }
        None
    }

    /// Waits until there may be something to see.
    async fn wait(&mut self) {
        if !self.begun {
            return;
        }
        let due = [self.again, self.expiry].into_iter().flatten().min();
        tokio::select! {
            changed = self.moments.changed() => if changed.is_err() {
                // The hub has ended: what is due is all that is left.
                until(due).await;
            },
            () = until(due) => {}
        }
        tokio::time::sleep_until(self.not_before).await;
        let now = Instant::now();
        self.again = None;
        if self.expiry.is_some_and(|expiry| expiry <= now) {
            self.expiry = now.checked_add(AGAIN);
        }
    }

    async fn see(&mut self) -> Seen {
        let first = !std::mem::replace(&mut self.begun, true);
        let look = self.look.next();
        let looked = {
            let _turn = self.live.turn().await;
            // What comes from here on is seen by the next look.
            self.moments.borrow_and_update();
            self.execute(&look).await
        };
        self.not_before = Instant::now() + self.live.limits().pause;
        let mut response = match looked {
            Ok(response) => response,
            Err(errors) => return failed(errors, first),
        };
        if response.data == Value::Null {
            return failed(response.errors, first);
        }
        self.look = look;
        match self.look.event() {
            Some(event) => {
                self.look.name(event, &mut response);
                Seen::News(Told::Event(event, Box::new(response)))
            }
            None => Seen::Nothing,
        }
    }

    /// Executes what is selected, as a request of its own.
    async fn execute(&self, look: &Look) -> Result<Response, Vec<ServerError>> {
        let id = RequestId::new();
        let mut parts = self.parts.clone();
        parts.extensions.insert(id);
        let language = accept_language::of_headers(&parts.headers);
        parts.extensions.insert(language.clone());
        let prepared = self.context.prepare(&parts, self.selection.request()).await;
        let request = prepared.map_err(|refusal| Failure::from(refusal).into_errors(&language))?;
        let started = ExecutionStarted::default();
        let request = request.data(id).data(started.clone()).data(look.clone());
        let Some(mut response) = self.live.look(request).await else {
            let message = message!("request-event-too-slow");
            return Err(Failure::from(RequestError::new(ErrorCode::Timeout, message)).into_errors(&language));
        };
        say(&mut response.errors, language.get());
        match started.get() {
            true => Ok(response),
            false => Err(response.errors),
        }
    }
}

/// Ends a subscription for good, or waits where that helps. The first look is waited for by the client, who can ask again
/// itself.
fn failed(errors: Vec<ServerError>, first: bool) -> Seen {
    let restored = errors.iter().find_map(retry_after).map(Duration::from_secs);
    let unavailable = errors
        .iter()
        .any(|error| is_code(error, ErrorCode::Unavailable))
        .then_some(AGAIN);
    match restored.or(unavailable).filter(|_| !first) {
        Some(pause) => Seen::Later(pause),
        None => Seen::News(Told::End(errors)),
    }
}

async fn until(moment: Option<Instant>) {
    match moment {
        Some(moment) => tokio::time::sleep_until(moment).await,
        None => std::future::pending().await,
    }
}

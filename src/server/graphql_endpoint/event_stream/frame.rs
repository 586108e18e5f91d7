use std::{convert::Infallible, time::Duration};

use async_graphql::ServerError;
use axum::{
    body::{Body, Bytes},
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};
use futures_util::{Stream, StreamExt, stream};
use serde::Serialize;
use serde_json::json;
use tokio::time::{Instant, MissedTickBehavior, interval_at};

use crate::{
    graphql::EventId,
    language::AnswerLanguage,
    live::Live,
    server::{Refusal, accept_language},
};

/// Keeps a reverse proxy from holding events back (nginx, `ngx_http_proxy_module`).
const UNBUFFERED: HeaderName = HeaderName::from_static("x-accel-buffering");

/// A comment: it tells nothing, and keeps a connection alive.
const SILENCE: &str = ":\n\n";

/// An event as it is written into a stream (HTML, section 9.2.5).
#[derive(Clone, Debug)]
pub(super) struct Frame(String);

/// Data of a stream that several operations share.
#[derive(Serialize)]
struct Of<'a, T> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    payload: Option<T>,
}

impl Frame {
    /// A result, maybe with an id by which a client can ask for what comes after it.
    pub(super) fn next(result: &impl Serialize, id: Option<EventId>) -> Self {
        let id = id.map(|id| format!("\nid: {id}")).unwrap_or_default();
        Self(format!("event: next{id}\ndata: {}\n\n", written(result)))
    }

    /// What is wrong.
    pub(super) fn errors(errors: &[ServerError]) -> Self {
        Self::next(&json!({ "errors": errors }), None)
    }

    /// There is no more. With data, though empty: without, browsers would not tell of it.
    pub(super) fn complete() -> Self {
        Self("event: complete\ndata: \n\n".to_owned())
    }

    /// A result of one of several operations.
    pub(super) fn next_of(operation: &str, result: &impl Serialize) -> Self {
        let data = Of {
            id: operation,
            payload: Some(result),
        };
        Self(format!("event: next\ndata: {}\n\n", written(&data)))
    }

    /// There is no more of one of several operations.
    pub(super) fn complete_of(operation: &str) -> Self {
        let data = Of::<()> {
            id: operation,
            payload: None,
        };
        Self(format!("event: complete\ndata: {}\n\n", written(&data)))
    }
}

/// JSON in one line.
fn written(data: &impl Serialize) -> String {
    serde_json::to_string(data).unwrap_or_else(|error| {
        tracing::error!(%error, "a response cannot be written as JSON");
        json!({ "errors": Refusal::internal().errors() }).to_string()
    })
}

/// The answer that is a stream of these events, until the server stops. It begins with a comment: some browsers take a
/// stream for open only once something has come.
pub(super) fn respond(
    events: impl Stream<Item = Frame> + Send + 'static,
    live: &Live,
    language: &AnswerLanguage,
) -> Response {
    let server = live.clone();
    let events = events.take_until(Box::pin(async move { server.stopping().await }));
    let texts = stream::once(async { SILENCE.to_owned() }).chain(events.map(|Frame(text)| text));
    let texts = kept_alive(texts, live.limits().keep_alive);
    let body = Body::from_stream(texts.map(|text| Ok::<_, Infallible>(Bytes::from(text))));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::VARY, HeaderValue::from_static("accept, authorization")),
        (UNBUFFERED, HeaderValue::from_static("no")),
    ];
    let mut response = (headers, body).into_response();
    accept_language::tell(response.headers_mut(), language);
    response
}

/// The texts, and a comment whenever there was none for a while.
fn kept_alive(
    texts: impl Stream<Item = String> + Send + 'static,
    pause: Duration,
) -> impl Stream<Item = String> + Send + 'static {
    let mut ticks = interval_at(Instant::now() + pause, pause);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    stream::unfold((Box::pin(texts), ticks), async |(mut texts, mut ticks)| {
        let text = tokio::select! {
            text = texts.next() => {
                ticks.reset();
                text?
            }
            _ = ticks.tick() => SILENCE.to_owned(),
        };
        Some((text, (texts, ticks)))
    })
}

//! Server-sent events, after the protocol `graphql-sse` in its mode of distinct connections: an operation a request, whose
//! results are events `next`, and an event `complete` when there will be no more.
//!
//! When the server stops, streams end without `complete`: a client then asks again, with `Last-Event-ID`, and goes on
//! at the next server where it was.

use std::convert::Infallible;

use async_graphql::{Executor, Request, ServerError, parser::types::OperationType};
use axum::{
    extract::Request as HttpRequest,
    http::{HeaderMap, HeaderName, HeaderValue, header, request::Parts},
    response::{
        IntoResponse, Response, Sse,
        sse::{Event, KeepAlive},
    },
};
use futures_util::{
    StreamExt,
    stream::{self, BoxStream},
};
use serde::Serialize;
use serde_json::json;

use super::{
    GraphqlEndpoint, RequestContext,
    answer::Failure,
    operation_type,
    subscription::{NotOpened, Subscription, Told},
};
use crate::{
    graphql::{EventId, RequestError},
    language::AnswerLanguage,
    live::{Live, Selection},
    server::{Refusal, accept_language},
};

/// The header with the id of the last event that a client has received (HTML, section 9.2.4).
const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// Keeps a reverse proxy from holding events back (nginx, `ngx_http_proxy_module`).
const UNBUFFERED: HeaderName = HeaderName::from_static("x-accel-buffering");

type Events = BoxStream<'static, Result<Event, Infallible>>;

/// Answers a request by events.
pub(super) async fn answer<E: Executor, C: RequestContext>(
    endpoint: &GraphqlEndpoint<E, C>,
    live: &Live,
    request: HttpRequest,
) -> Response {
    let language = accept_language::of_headers(request.headers());
    let events = match events(endpoint, live, request, &language).await {
        Ok(events) => events,
        // What is wrong with a document is told in the stream, since browsers tell nothing of other answers.
        Err(failure @ Failure::Request(..)) => failed(&failure.into_errors(&language)),
        Err(Failure::Refused(refusal)) => return refusal.into_response(),
    };
    let server = live.clone();
    let events = events.take_until(Box::pin(async move { server.stopping().await }));
    let keep_alive = KeepAlive::new().interval(live.limits().keep_alive);
    let mut response = Sse::new(events).keep_alive(keep_alive).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::VARY, HeaderValue::from_static("accept, authorization"));
    accept_language::tell(headers, &language);
    headers.insert(UNBUFFERED, HeaderValue::from_static("no"));
    response
}

async fn events<E: Executor, C: RequestContext>(
    endpoint: &GraphqlEndpoint<E, C>,
    live: &Live,
    request: HttpRequest,
    language: &AnswerLanguage,
) -> Result<Events, Failure> {
    let (mut parts, mut request) = endpoint.read(request).await?;
    parts.extensions.insert(language.clone());
    if let Some(selection) = Selection::of(&mut request)? {
        return subscribe(endpoint, live, parts, selection).await;
    }
    only_reads(&parts, &mut request)?;
    let response = endpoint.answer(&parts, request).await?;
    Ok(stream::iter([next(&response), complete()]).map(Ok).boxed())
}

async fn subscribe<E: Executor, C: RequestContext>(
    endpoint: &GraphqlEndpoint<E, C>,
    live: &Live,
    parts: Parts,
    selection: Selection,
) -> Result<Events, Failure> {
    let seen = last_event(&parts.headers)?;
    let opened = Subscription::open(live.clone(), endpoint.context.clone(), parts, selection, seen).await;
    let subscription = opened.map_err(|not| match not {
        NotOpened::Refused(refusal) => Failure::Refused(refusal),
        NotOpened::Impossible(error) => error.into(),
    })?;
    let told = stream::unfold(subscription, async |mut subscription| {
        let told = subscription.next().await?;
        Some((told, subscription))
    });
    Ok(told
        .flat_map(|told| match told {
            Told::Event(id, response) => stream::iter(vec![next(&response).id(id.to_string())]),
            Told::End(errors) => stream::iter(vec![next(&json!({ "errors": errors })), complete()]),
        })
        .map(Ok)
        .boxed())
}

/// The event that the client says it has received last.
fn last_event(headers: &HeaderMap) -> Result<Option<EventId>, RequestError> {
    let Some(header) = headers.get(LAST_EVENT_ID).filter(|header| !header.is_empty()) else {
        return Ok(None);
    };
    let id = header.to_str().ok().and_then(|text| text.parse().ok());
    id.map(Some)
        .ok_or_else(|| RequestError::bad_request(message!("request-last-event-id")))
}

fn only_reads(parts: &Parts, request: &mut Request) -> Result<(), Failure> {
    if parts.method == axum::http::Method::GET && operation_type(request)? == Some(OperationType::Mutation) {
        return Err(Refusal::wrong_method("POST", message!("request-no-mutation-by-get")).into());
    }
    Ok(())
}

fn failed(errors: &[ServerError]) -> Events {
    stream::iter([next(&json!({ "errors": errors })), complete()])
        .map(Ok)
        .boxed()
}

fn next(result: &impl Serialize) -> Event {
    let event = Event::default().event("next");
    match serde_json::to_string(result) {
        Ok(text) => event.data(text),
        Err(error) => {
            tracing::error!(%error, "a response cannot be written as JSON");
            let refusal = Refusal::internal();
            event.data(json!({ "errors": refusal.errors() }).to_string())
        }
    }
}

/// With data, though empty: without, browsers would not tell of it.
fn complete() -> Event {
    Event::default().event("complete").data("")
}

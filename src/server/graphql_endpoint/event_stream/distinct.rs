//! A connection for each operation, whose results are events `next`, and an event `complete` when there will be no more.
//!
//! When the server stops, streams end without `complete`: a client then asks again, with `Last-Event-ID`, and goes on
//! at the next server where it was.

use async_graphql::{Executor, Request, ServerError, parser::types::OperationType};
use axum::{
    extract::Request as HttpRequest,
    http::{HeaderMap, Method, request::Parts},
    response::{IntoResponse, Response},
};
use futures_util::{
    StreamExt,
    stream::{self, BoxStream},
};

use super::{
    LAST_EVENT_ID,
    frame::{Frame, respond},
};
use crate::{
    graphql::{EventId, RequestError},
    language::AnswerLanguage,
    live::{Live, Selection},
    server::{
        Refusal, accept_language,
        graphql_endpoint::{
            GraphqlEndpoint, RequestContext,
            answer::Failure,
            operation_type,
            subscription::{Subscription, Told},
        },
    },
};

type Events = BoxStream<'static, Frame>;

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
    respond(events, live, &language)
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
        let events = subscribe(endpoint, live, parts, selection).await?;
        endpoint.documents.remember(&request);
        return Ok(events);
    }
    only_reads(&parts, &mut request)?;
    let response = endpoint.answer(&parts, request).await?;
    Ok(stream::iter([Frame::next(&response, None), Frame::complete()]).boxed())
}

async fn subscribe<E: Executor, C: RequestContext>(
    endpoint: &GraphqlEndpoint<E, C>,
    live: &Live,
    parts: Parts,
    selection: Selection,
) -> Result<Events, Failure> {
    let seen = last_event(&parts.headers)?;
    let subscription = Subscription::open(live.clone(), endpoint.context.clone(), parts, selection, seen).await?;
    let told = stream::unfold(subscription, async |mut subscription| {
        let told = subscription.next().await?;
        Some((told, subscription))
    });
    Ok(told
        .flat_map(|told| match told {
            Told::Event(id, response) => stream::iter(vec![Frame::next(&response, Some(id))]),
            Told::End(errors) => stream::iter(vec![Frame::errors(&errors), Frame::complete()]),
        })
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

/// Nothing is changed by GET.
pub(super) fn only_reads(parts: &Parts, request: &mut Request) -> Result<(), Failure> {
    if parts.method == Method::GET && operation_type(request)? == Some(OperationType::Mutation) {
        return Err(Refusal::wrong_method("POST", message!("request-no-mutation-by-get")).into());
    }
    Ok(())
}

fn failed(errors: &[ServerError]) -> Events {
    stream::iter([Frame::errors(errors), Frame::complete()]).boxed()
}

//! Server-sent events, after the protocol `graphql-sse`
//! (<https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md>), in both of its modes: a connection for each
//! operation (`distinct`), or one for all operations of a client (`single`).

mod distinct;
mod frame;
mod single;
mod streams;

use async_graphql::Executor;
use axum::{
    extract::Request as HttpRequest,
    http::{HeaderName, Method},
    response::Response,
};

use self::single::Asked;
pub(super) use self::streams::Streams;
use super::{GraphqlEndpoint, RequestContext, negotiation};
use crate::live::Live;

/// The header with the id of the last event that a client has received (HTML, section 9.2.4).
const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// The header with the token of a reserved stream.
const EVENT_STREAM_TOKEN: HeaderName = HeaderName::from_static("x-graphql-event-stream-token");

/// The methods of an endpoint that has event streams.
pub(super) const METHODS: &str = "GET, POST, PUT, DELETE";

/// How a request wants events, if it does.
pub(super) enum Wanted {
    /// By a stream of its own.
    Distinct,
    /// By a stream that others share.
    Single(Asked),
}

/// How a request wants events, if it does: one that names a stream which nobody has reserved is taken as if it named none,
/// where it could be answered by a stream of its own.
pub(super) fn wanted(streams: &Streams, request: &HttpRequest) -> Option<Wanted> {
    let events = negotiation::wants_events(request.headers());
    match Asked::of(streams, request, events) {
        Some(asked) => Some(Wanted::Single(asked)),
        None if events && [Method::GET, Method::POST].contains(request.method()) => Some(Wanted::Distinct),
        None => None,
    }
}

/// Answers a request that wants events.
pub(super) async fn answer<E: Executor, C: RequestContext>(
    endpoint: &GraphqlEndpoint<E, C>,
    live: &Live,
    request: HttpRequest,
    wanted: Wanted,
) -> Response {
    match wanted {
        Wanted::Distinct => distinct::answer(endpoint, live, request).await,
        Wanted::Single(asked) => single::answer(endpoint, live, request, asked).await,
    }
}

//! WebSocket, after the protocol `graphql-transport-ws`
//! (<https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md>), with every close code of it.
//!
//! A client says who it is in the payload of `connection_init`, as a browser cannot send headers:
//! `{ "Authorization": "Bearer TOKEN" }`. What it sends then is executed as if it came in an HTTP request with that header.

mod close;
mod connection;
mod message;
mod operation;

use async_graphql::Executor;
use axum::{
    extract::{FromRequestParts, Request as HttpRequest, WebSocketUpgrade},
    http::{Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use tracing::Instrument;

use self::connection::Connection;
use super::{GraphqlEndpoint, RequestContext};
use crate::{graphql::ErrorCode, live::Live, server::Refusal};

/// The name of the protocol.
const PROTOCOL: &str = "graphql-transport-ws";

/// Whether a request asks to go on as a WebSocket.
pub(super) fn is_wanted(request: &HttpRequest) -> bool {
    let upgrade = request.headers().get(header::UPGRADE);
    request.method() == Method::GET
        && upgrade.is_some_and(|upgrade| upgrade.as_bytes().eq_ignore_ascii_case(b"websocket"))
}

/// Goes on as a WebSocket.
pub(super) async fn upgrade<E: Executor, C: RequestContext>(
    endpoint: GraphqlEndpoint<E, C>,
    live: Live,
    request: HttpRequest,
) -> Response {
    let (mut parts, _) = request.into_parts();
    if let Err(refusal) = endpoint.origins.check(&parts) {
        return refusal.into_response();
    }
    let upgrade = match WebSocketUpgrade::from_request_parts(&mut parts, &()).await {
        Ok(upgrade) => upgrade,
        Err(rejection) => {
            let reason = rejection.body_text();
            let message = message!("request-no-upgrade", reason);
            return Refusal::new(rejection.status(), ErrorCode::BadRequest, message).into_response();
        }
    };
    let place = match live.connection() {
        Ok(place) => place,
        Err(error) => return Refusal::new(StatusCode::SERVICE_UNAVAILABLE, error.code, error.message).into_response(),
    };
    // What is larger than allowed is told so; what is much larger is not read.
    let largest = endpoint.limits.body_bytes.saturating_mul(2);
    let span = tracing::Span::current();
    upgrade
        .protocols([PROTOCOL])
        .max_message_size(largest)
        .max_frame_size(largest)
        .on_upgrade(move |socket| {
            Connection::new(endpoint, live, parts, place)
                .run(socket)
                .instrument(span)
        })
}

//! What surrounds every request: its id, its span in the log, and the last catch for a panic.

use std::{any::Any, panic::AssertUnwindSafe, time::Instant};

use axum::{
    Json, Router,
    extract::Request,
    http::{HeaderName, HeaderValue, StatusCode},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use futures_util::FutureExt;
use serde_json::json;
use tracing::Instrument;

use super::refusal::Refusal;
use crate::graphql::{error::RequestError, request_id::RequestId, specification::panic_message};

/// The header that tells the client the id of its request.
pub const REQUEST_ID_HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// Surrounds all routes that the router has, and answers 404 as JSON for the others.
pub fn with_middleware(routes: Router) -> Router {
    routes.fallback(not_found).layer(middleware::from_fn(surround))
}

async fn not_found() -> Refusal {
    Refusal::not_found()
}

async fn surround(mut request: Request, next: Next) -> Response {
    let id = RequestId::new();
    request.extensions_mut().insert(id);
    // The path only: a GET request has variables in its query.
    let span = tracing::info_span!(
        "request",
        request_id = %id,
        method = %request.method(),
        path = request.uri().path(),
    );
    async move {
        let start = Instant::now();
        let mut response = match AssertUnwindSafe(next.run(request)).catch_unwind().await {
            Ok(response) => response,
            Err(panic) => panicked(id, &*panic),
        };
        if let Ok(value) = HeaderValue::try_from(id.to_string()) {
            response.headers_mut().insert(REQUEST_ID_HEADER, value);
        }
        let milliseconds = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
        tracing::info!(status = response.status().as_u16(), milliseconds, "answered");
        response
    }
    .instrument(span)
    .await
}

fn panicked(id: RequestId, panic: &(dyn Any + Send)) -> Response {
    tracing::error!(panic = panic_message(panic), "a handler panicked");
    let body = Json(json!({ "errors": [RequestError::internal(id)] }));
    (StatusCode::INTERNAL_SERVER_ERROR, body).into_response()
}

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

use super::{accept_language, refusal::Refusal};
use crate::{
    graphql::{
        error::{RequestError, say},
        request_id::RequestId,
        specification::panic_message,
    },
    language::AnswerLanguage,
};

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
    let language = accept_language::of_headers(request.headers());
    request.extensions_mut().insert(language.clone());
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
            Ok(response) => said(response, &language),
            Err(panic) => panicked(id, &*panic, &language),
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

/// Says a refusal in the language that was asked for.
fn said(mut response: Response, language: &AnswerLanguage) -> Response {
    let Some(refusal) = response.extensions_mut().remove::<Refusal>() else {
        return response;
    };
    let mut response = refusal.in_language(language.get());
    accept_language::tell(response.headers_mut(), language);
    response
}

fn panicked(id: RequestId, panic: &(dyn Any + Send), language: &AnswerLanguage) -> Response {
    tracing::error!(panic = panic_message(panic), "a handler panicked");
    let mut errors = [RequestError::internal(id)];
    say(&mut errors, language.get());
    let body = Json(json!({ "errors": errors }));
    let mut response = (StatusCode::INTERNAL_SERVER_ERROR, body).into_response();
    accept_language::tell(response.headers_mut(), language);
    response
}

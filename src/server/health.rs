//! Whether the process lives, and whether it can serve.

use std::{fmt, sync::Arc};

use axum::{Json, Router, http::StatusCode, routing::get};
use serde_json::json;

/// Tells whether the service can serve: its database answers, its migrations are done.
///
/// Any `Fn() -> impl Future<Output = Result<(), E>>` is one.
pub trait Readiness: Send + Sync + 'static {
    /// Checks now. The reason why not is logged; it is not answered, since anyone may ask.
    fn ready(&self) -> impl Future<Output = Result<(), String>> + Send;
}

impl<F, R, E> Readiness for F
where
    F: Fn() -> R + Send + Sync + 'static,
    R: Future<Output = Result<(), E>> + Send,
    E: fmt::Display,
{
    async fn ready(&self) -> Result<(), String> {
        self().await.map_err(|error| error.to_string())
    }
}

/// `/health/live` answers 200 for as long as the process answers at all; `/health/ready` 200 or 503.
pub(super) fn routes(readiness: impl Readiness) -> Router {
    let readiness = Arc::new(readiness);
    let ready = move || {
        let readiness = Arc::clone(&readiness);
        async move {
            match readiness.ready().await {
                Ok(()) => (StatusCode::OK, Json(json!({ "status": "ready" }))),
                Err(reason) => {
                    tracing::warn!(reason, "not ready");
                    (
                        StatusCode::SERVICE_UNAVAILABLE,
                        Json(json!({ "status": "unavailable" })),
                    )
                }
            }
        }
    };
    Router::new()
        .route("/health/live", get(async || Json(json!({ "status": "live" }))))
        .route("/health/ready", get(ready))
}

//! Whether the process lives, and whether it can serve.

use std::{fmt, sync::Arc};

use axum::{Json, Router, http::StatusCode, routing::get};
use serde_json::{Value, json};

/// How well the service can serve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// As it should.
    Ready,
    /// It serves, and something that it needs is out of reach: what, for whoever operates it.
    Degraded(Value),
}

impl From<()> for Condition {
    fn from((): ()) -> Self {
        Self::Ready
    }
}

/// Tells whether the service can serve: its database answers, its migrations are done.
///
/// Any `Fn() -> impl Future<Output = Result<impl Into<Condition>, E>>` is one.
pub trait Readiness: Send + Sync + 'static {
    /// Checks now. The reason why not is logged; it is not answered, since anyone may ask.
    fn ready(&self) -> impl Future<Output = Result<Condition, String>> + Send;
}

impl<F, R, C, E> Readiness for F
where
    F: Fn() -> R + Send + Sync + 'static,
    R: Future<Output = Result<C, E>> + Send,
    C: Into<Condition>,
    E: fmt::Display,
{
    async fn ready(&self) -> Result<Condition, String> {
        self().await.map(Into::into).map_err(|error| error.to_string())
    }
}

/// `/health/live` answers 200 for as long as the process answers at all; `/health/ready` 200 or 503: a server
/// that serves worse than it should is better than none.
pub(super) fn routes(readiness: impl Readiness) -> Router {
    let readiness = Arc::new(readiness);
    let ready = move || {
        let readiness = Arc::clone(&readiness);
        async move {
            match readiness.ready().await {
                Ok(Condition::Ready) => (StatusCode::OK, Json(json!({ "status": "ready" }))),
                Ok(Condition::Degraded(why)) => {
                    let body = json!({ "status": "degraded", "degraded": why });
                    (StatusCode::OK, Json(body))
                }
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

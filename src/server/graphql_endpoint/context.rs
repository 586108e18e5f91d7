//! What the service adds to a request before it is executed.

use async_graphql::Request;
use axum::http::request::Parts;
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::server::refusal::Refusal;

/// Who holds a subscription open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscriber {
    /// Who they are told apart from others by, as their budget is.
    pub client: String,
    /// The municipality whose changes they follow.
    pub municipality_id: Uuid,
    /// When what they came with expires by itself, if it does.
    pub until: Option<DateTime<Utc>>,
}

/// Finds out who is asking, and gives the request the data that resolvers need.
pub trait RequestContext: Clone + Send + Sync + 'static {
    /// Prepares a request that is well-formed and within the limits, from the head of the HTTP request that it came in.
    ///
    /// A [`Refusal`] is answered as it is, whatever the client accepts: 401, 403, 429, 503.
    fn prepare(&self, parts: &Parts, request: Request) -> impl Future<Output = Result<Request, Refusal>> + Send;

    /// Finds out who would hold a subscription open that came with the head of this HTTP request. Each event is prepared
    /// as a request of its own all the same.
    fn subscriber(&self, parts: &Parts) -> impl Future<Output = Result<Subscriber, Refusal>> + Send {
        let _ = parts;
        std::future::ready(Err(Refusal::bad_request(message!("request-no-subscriptions"))))
    }
}

/// Adds nothing: anyone may ask.
#[derive(Clone, Copy, Debug, Default)]
pub struct Anonymous;

impl RequestContext for Anonymous {
    async fn prepare(&self, _: &Parts, request: Request) -> Result<Request, Refusal> {
        Ok(request)
    }
}

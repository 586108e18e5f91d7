//! What the service adds to a request before it is executed.

use async_graphql::Request;
use axum::http::request::Parts;

use crate::server::refusal::Refusal;

/// Finds out who is asking, and gives the request the data that resolvers need.
pub trait RequestContext: Clone + Send + Sync + 'static {
    /// Prepares a request that is well-formed and within the limits, from the head of the HTTP request that it came in.
    ///
    /// A [`Refusal`] is answered as it is, whatever the client accepts: 401, 403, 429, 503.
    fn prepare(&self, parts: &Parts, request: Request) -> impl Future<Output = Result<Request, Refusal>> + Send;
}

/// Adds nothing: anyone may ask.
#[derive(Clone, Copy, Debug, Default)]
pub struct Anonymous;

impl RequestContext for Anonymous {
    async fn prepare(&self, _: &Parts, request: Request) -> Result<Request, Refusal> {
        Ok(request)
    }
}

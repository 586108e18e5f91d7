//! An answer that refuses a request before any GraphQL is executed.

use async_graphql::ServerError;
use axum::{
    Json,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;

use crate::graphql::error::{ErrorCode, RequestError, retry_after};

/// Refuses a request: an HTTP status, and a body with the one entry in `errors` that GraphQL clients look for.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// The HTTP status.
    pub status: StatusCode,
    /// The code in `extensions.code`.
    pub code: ErrorCode,
    /// The message, for people.
    pub message: String,
    /// Further headers, such as `Retry-After`.
    pub headers: Vec<(HeaderName, HeaderValue)>,
}

impl Refusal {
    /// Refuses with a status, a code and a message.
    pub fn new(status: StatusCode, code: ErrorCode, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            headers: Vec::new(),
        }
    }

    /// Refuses a request that is wrong: 400.
    pub fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, ErrorCode::BadRequest, message)
    }

    /// A fault of the service: 500, and no word of it.
    pub(super) fn internal() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            ErrorCode::Internal,
            "Internal error.",
        )
    }

    /// Asks for a token: 401, with the challenge that it needs (RFC 9110, section 11.6.1; RFC 6750, section 3).
    pub fn unauthenticated(message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, ErrorCode::Unauthenticated, message)
            .with_header(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))
    }

    /// Refuses a token: 401, with a challenge that says so (RFC 6750, section 3.1).
    pub fn invalid_token(message: impl Into<String>) -> Self {
        let challenge = HeaderValue::from_static("Bearer error=\"invalid_token\"");
        Self::new(StatusCode::UNAUTHORIZED, ErrorCode::Unauthenticated, message)
            .with_header(header::WWW_AUTHENTICATE, challenge)
    }

    /// Says that something which the service needs is out of reach: 503.
    pub fn unavailable(message: impl Into<String>) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, ErrorCode::Unavailable, message)
    }

    /// Says that there is nothing at an address, or nothing that the caller may see: 404.
    pub fn not_found() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            ErrorCode::BadRequest,
            "There is nothing at this address.",
        )
    }

    /// Refuses a request with a method that its address does not have: 405. `allowed` are those that it has.
    pub(super) fn wrong_method(allowed: &'static str, message: &str) -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, ErrorCode::BadRequest, message)
            .with_header(header::ALLOW, HeaderValue::from_static(allowed))
    }

    /// Refuses what is more than the client's budget holds: 429 when it is too early, and says when it is not.
    pub(super) fn over_budget(error: &ServerError) -> Self {
        match retry_after(error) {
            Some(seconds) => {
                let status = StatusCode::TOO_MANY_REQUESTS;
                let refusal = Self::new(status, ErrorCode::RateLimited, error.message.as_str());
                refusal.with_header(header::RETRY_AFTER, seconds.into())
            }
            None => {
                let status = StatusCode::BAD_REQUEST;
                Self::new(status, ErrorCode::LimitExceeded, error.message.as_str())
            }
        }
    }

    /// Adds a header.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    pub(super) fn errors(&self) -> [ServerError; 1] {
        [RequestError::new(self.code, self.message.as_str()).into()]
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(json!({ "errors": self.errors() }))).into_response();
        response.headers_mut().extend(self.headers);
        response
    }
}

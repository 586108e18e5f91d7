//! An answer that refuses a request before any GraphQL is executed.

use async_graphql::ServerError;
use axum::{
    Json,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use entity::Language;
use serde_json::json;

use crate::{
    graphql::error::{ErrorCode, RequestError, retry_after, say},
    language::Message,
};

/// Refuses a request: an HTTP status, and a body with the one entry in `errors` that GraphQL clients look for.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// The HTTP status.
    pub status: StatusCode,
    /// The code in `extensions.code`.
    pub code: ErrorCode,
    /// The message, for people.
    pub message: Message,
    /// Further headers, such as `Retry-After`.
    pub headers: Vec<(HeaderName, HeaderValue)>,
}

impl Refusal {
    /// Refuses with a status, a code and a message.
    #[must_use]
    pub const fn new(status: StatusCode, code: ErrorCode, message: Message) -> Self {
        Self {
            status,
            code,
            message,
            headers: Vec::new(),
        }
    }

    /// Refuses a request that is wrong: 400.
    #[must_use]
    pub const fn bad_request(message: Message) -> Self {
        Self::new(StatusCode::BAD_REQUEST, ErrorCode::BadRequest, message)
    }

    /// A fault of the service: 500, and no word of it.
    pub(super) fn internal() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            ErrorCode::Internal,
            message!("request-internal"),
        )
    }

    /// Asks for a token: 401, with the challenge that it needs (RFC 9110, section 11.6.1; RFC 6750, section 3).
    #[must_use]
    pub fn unauthenticated(message: Message) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, ErrorCode::Unauthenticated, message)
            .with_header(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))
    }

    /// Refuses a token: 401, with a challenge that says so (RFC 6750, section 3.1).
    #[must_use]
    pub fn invalid_token(message: Message) -> Self {
        let challenge = HeaderValue::from_static("Bearer error=\"invalid_token\"");
        Self::new(StatusCode::UNAUTHORIZED, ErrorCode::Unauthenticated, message)
            .with_header(header::WWW_AUTHENTICATE, challenge)
    }

    /// Says that something which the service needs is out of reach: 503.
    #[must_use]
    pub const fn unavailable(message: Message) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, ErrorCode::Unavailable, message)
    }

    /// Says that there is nothing at an address, or nothing that the caller may see: 404.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            ErrorCode::BadRequest,
            message!("request-nothing-here"),
        )
    }

    /// Refuses a request with a method that its address does not have: 405. `allowed` are those that it has.
    pub(super) fn wrong_method(allowed: &'static str, message: Message) -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, ErrorCode::BadRequest, message)
            .with_header(header::ALLOW, HeaderValue::from_static(allowed))
    }

    /// Refuses what is more than the client's budget holds: 429 when it is too early, and says when it is not.
    pub(super) fn over_budget(error: &ServerError) -> Self {
        let message = error
            .source::<Message>()
            .cloned()
            .unwrap_or_else(|| message!("request-internal"));
        match retry_after(error) {
            Some(seconds) => {
                let status = StatusCode::TOO_MANY_REQUESTS;
                let refusal = Self::new(status, ErrorCode::RateLimited, message);
                refusal.with_header(header::RETRY_AFTER, seconds.into())
            }
            None => Self::new(StatusCode::BAD_REQUEST, ErrorCode::LimitExceeded, message),
        }
    }

    /// Adds a header.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    pub(super) fn errors(&self) -> [ServerError; 1] {
        [RequestError::new(self.code, self.message.clone()).into()]
    }

    /// The answer, in a language.
    pub(super) fn in_language(self, language: Language) -> Response {
        let mut errors = self.errors();
        say(&mut errors, language);
        let mut response = (self.status, Json(json!({ "errors": errors }))).into_response();
        response.headers_mut().extend(self.headers);
        response
    }
}

/// In English, and with the refusal itself for [`with_middleware`](super::with_middleware), which knows the language that
/// was asked for.
impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = self.clone().in_language(Language::En);
        response.extensions_mut().insert(self);
        response
    }
}

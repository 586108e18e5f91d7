//! The errors that are not part of a mutation's payload, and the closed set of their codes.

use std::{fmt, sync::Arc};

use async_graphql::{Enum, ErrorExtensionValues, InputType, InputValueError, ServerError, Value};
use entity::Language;

use super::request_id::RequestId;
use crate::language::Message;

/// What kind of failure an entry in a response's `errors` is: its `extensions.code`.
///
/// Clients decide by the code; the message is for people and may change.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq, Hash)]
#[graphql(name = "ErrorCode")]
pub enum ErrorCode {
    /// The request is wrong: syntax, validation against the schema, a variable's or an argument's value. Sending it
    /// again will not help.
    BadRequest,
    /// Nobody is signed in, or the token is no longer valid.
    Unauthenticated,
    /// The caller is known and may not do this.
    Forbidden,
    /// The request asks for more than one request may. The message has the limit and what was asked for.
    LimitExceeded,
    /// The caller sends requests faster than allowed. Wait, then send it again.
    RateLimited,
    /// The hash in `extensions.persistedQuery` is of no document that the server remembers: send the document with it.
    PersistedQueryNotFound,
    /// The request took too long and was stopped.
    Timeout,
    /// Something that the service needs is out of reach. Send it again later.
    Unavailable,
    /// A fault in the service. `extensions.requestId` names the request in its log.
    Internal,
}

impl ErrorCode {
    /// The code as it is written in `extensions.code`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BadRequest => "BAD_REQUEST",
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden => "FORBIDDEN",
            Self::LimitExceeded => "LIMIT_EXCEEDED",
            Self::RateLimited => "RATE_LIMITED",
            Self::PersistedQueryNotFound => "PERSISTED_QUERY_NOT_FOUND",
            Self::Timeout => "TIMEOUT",
            Self::Unavailable => "UNAVAILABLE",
            Self::Internal => "INTERNAL",
        }
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A failure that a client may read: a code and a message.
///
/// A resolver returns one where the failure is the caller's to know about. Any other error that a resolver returns is
/// logged and answered as [`ErrorCode::Internal`], without its message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestError {
    /// What kind of failure it is.
    pub code: ErrorCode,
    /// The message, for people.
    pub message: Message,
}

impl RequestError {
    /// A failure with this code and message.
    #[must_use]
    pub const fn new(code: ErrorCode, message: Message) -> Self {
        Self { code, message }
    }

    /// A failure of the request itself: [`ErrorCode::BadRequest`].
    #[must_use]
    pub const fn bad_request(message: Message) -> Self {
        Self::new(ErrorCode::BadRequest, message)
    }

    /// More asked for than allowed: [`ErrorCode::LimitExceeded`].
    #[must_use]
    pub const fn limit(message: Message) -> Self {
        Self::new(ErrorCode::LimitExceeded, message)
    }

    /// A fault of the service: says no more than which request it was.
    #[must_use]
    pub fn internal(request: RequestId) -> ServerError {
        let mut error: ServerError = Self::new(ErrorCode::Internal, message!("request-internal")).into();
        set(&mut error, "requestId", request.to_string());
        error
    }
}

/// The longest message, in bytes. Whoever sends a name of a megabyte is not sent it back.
const LONGEST_MESSAGE: usize = 1_000;

/// Says errors in a language: those that the program has words for. What async-graphql says of a document is for whoever
/// wrote it, and stays in English.
pub(crate) fn say(errors: &mut [ServerError], language: Language) {
    // They were made in English.
    if language == Language::En {
        return;
    }
    for error in errors {
        if let Some(message) = error.source::<Message>() {
            error.message = message.in_language(language);
            shorten(error);
        }
    }
}

/// Cuts a message that repeats too much of the request.
pub(crate) fn shorten(error: &mut ServerError) {
    if error.message.len() > LONGEST_MESSAGE {
        let end = error.message.floor_char_boundary(LONGEST_MESSAGE);
        error.message.truncate(end);
        error.message.push('…');
    }
}

impl From<RequestError> for ServerError {
    fn from(error: RequestError) -> Self {
        let mut answer = Self::new(error.message.in_language(Language::En), None);
        answer.source = Some(Arc::new(error.message));
        set_code(&mut answer, error.code);
        answer
    }
}

impl From<RequestError> for async_graphql::Error {
    fn from(error: RequestError) -> Self {
        let mut extensions = ErrorExtensionValues::default();
        extensions.set("code", error.code.as_str());
        Self {
            message: error.message.in_language(Language::En),
            source: Some(Arc::new(error.message)),
            extensions: Some(extensions),
        }
    }
}

/// What a scalar's `parse` returns for a value that it refuses, so that it is answered as [`ErrorCode::BadRequest`].
///
/// Let the scalar's `is_valid` refuse the same values: then they never come so far as to an execution.
pub fn bad_input<T: InputType>(message: impl fmt::Display) -> InputValueError<T> {
    InputValueError::custom(message).with_extension("code", ErrorCode::BadRequest.as_str())
}

/// The code that an error carries, if it carries one.
pub(crate) fn has_code(error: &ServerError) -> bool {
    error
        .extensions
        .as_ref()
        .is_some_and(|values| values.get("code").is_some())
}

/// Whether an error carries this code.
pub(crate) fn is_code(error: &ServerError, code: ErrorCode) -> bool {
    let values = error.extensions.as_ref();
    values.and_then(|values| values.get("code")) == Some(&Value::from(code.as_str()))
}

/// In how many seconds a request may be sent again that was refused for its client's budget.
pub(crate) fn retry_after(error: &ServerError) -> Option<u64> {
    match error.extensions.as_ref()?.get("retryAfter")? {
        Value::Number(seconds) => seconds.as_u64(),
        _ => None,
    }
}

/// Puts a code on an error.
pub(crate) fn set_code(error: &mut ServerError, code: ErrorCode) {
    set(error, "code", code.as_str());
}

fn set(error: &mut ServerError, name: &str, value: impl Into<Value>) {
    error.extensions.get_or_insert_default().set(name, value);
}

#[cfg(test)]
mod tests {
    use async_graphql::resolver_utils::EnumType;

    use super::*;

    #[test]
    fn the_schema_and_the_answers_name_codes_alike() {
        for item in ErrorCode::items() {
            assert_eq!(item.name, item.value.as_str());
        }
    }
}

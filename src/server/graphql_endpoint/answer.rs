//! Responses, in the media type that the client prefers.

use std::collections::BTreeMap;

use async_graphql::{ServerError, Value};
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

use super::negotiation::MediaType;
use crate::{
    graphql::error::{ErrorCode, RequestError, retry_after, say, set_code, shorten},
    language::AnswerLanguage,
    server::{accept_language, refusal::Refusal},
};

/// What an answer has in `extensions`.
type Extensions = BTreeMap<String, Value>;

/// Why there is nothing executed to answer with.
#[derive(Debug)]
pub(super) enum Failure {
    /// The HTTP request is refused, with its own status.
    Refused(Refusal),
    /// The GraphQL request is wrong (a request error: GraphQL specification, section 7.1.2), with what else is told.
    Request(Vec<ServerError>, Extensions),
}

impl Failure {
    /// A document that the parser refuses.
    pub(super) fn syntax(mut error: ServerError) -> Self {
        set_code(&mut error, ErrorCode::BadRequest);
        shorten(&mut error);
        Self::Request(vec![error], Extensions::new())
    }

    /// What is told of it where there is no status to tell it by.
    pub(super) fn into_errors(self, language: &AnswerLanguage) -> Vec<ServerError> {
        let mut errors = match self {
            Self::Refused(refusal) => refusal.errors().to_vec(),
            Self::Request(errors, _) => errors,
        };
        say(&mut errors, language.get());
        errors
    }

    pub(super) fn into_response(self, media: MediaType, language: &AnswerLanguage) -> Response {
        match self {
            Self::Refused(refusal) => {
                let mut errors = refusal.errors();
                say(&mut errors, language.get());
                let mut response = respond(
                    media,
                    refusal.status,
                    &Errors {
                        errors: &errors,
                        extensions: &Extensions::new(),
                    },
                    language,
                );
                response.headers_mut().extend(refusal.headers);
                response
            }
            Self::Request(mut errors, extensions) => {
                say(&mut errors, language.get());
                // RFC 9110, section 10.2.3.
                let seconds = errors.iter().find_map(retry_after);
                let status = match seconds {
                    Some(_) => StatusCode::TOO_MANY_REQUESTS,
                    None => media.request_error_status(),
                };
                let body = Errors {
                    errors: &errors,
                    extensions: &extensions,
                };
                let mut response = respond(media, status, &body, language);
                if let Some(seconds) = seconds {
                    response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
                }
                response
            }
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<RequestError> for Failure {
    fn from(error: RequestError) -> Self {
        Self::Request(vec![error.into()], Extensions::new())
    }
}

impl From<ServerError> for Failure {
    fn from(error: ServerError) -> Self {
        Self::Request(vec![error], Extensions::new())
    }
}

/// A response without `data`.
#[derive(Serialize)]
struct Errors<'a> {
    errors: &'a [ServerError],
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    extensions: &'a Extensions,
}

/// The response of an execution: 200, also where fields failed.
pub(super) fn executed(media: MediaType, response: &async_graphql::Response, language: &AnswerLanguage) -> Response {
    let mut answer = respond(media, StatusCode::OK, response, language);
    answer.headers_mut().extend(response.http_headers.clone());
    answer
}

fn respond(media: MediaType, status: StatusCode, body: &impl Serialize, language: &AnswerLanguage) -> Response {
    match serde_json::to_vec(body) {
        Ok(bytes) => {
            let headers = [
                (header::CONTENT_TYPE, HeaderValue::from_static(media.content_type())),
                (header::VARY, HeaderValue::from_static("accept, authorization")),
                // Answers are for one reader, and may be confidential.
                (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
            ];
            let mut response = (status, headers, bytes).into_response();
            accept_language::tell(response.headers_mut(), language);
            response
        }
        Err(error) => {
            tracing::error!(%error, "a response cannot be written as JSON");
            Refusal::internal().into_response()
        }
    }
}

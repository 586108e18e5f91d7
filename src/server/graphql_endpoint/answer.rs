//! Responses, in the media type that the client prefers.

use async_graphql::ServerError;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

use super::negotiation::MediaType;
use crate::{
    graphql::error::{ErrorCode, RequestError, set_code},
    server::refusal::Refusal,
};

/// Why there is nothing executed to answer with.
#[derive(Debug)]
pub(super) enum Failure {
    /// The HTTP request is refused, with its own status.
    Refused(Refusal),
    /// The GraphQL request is wrong (a request error: GraphQL specification, section 7.1.2).
    Request(Vec<ServerError>),
}

impl Failure {
    /// A document that the parser refuses.
    pub(super) fn syntax(mut error: ServerError) -> Self {
        set_code(&mut error, ErrorCode::BadRequest);
        Self::Request(vec![error])
    }

    pub(super) fn into_response(self, media: MediaType) -> Response {
        match self {
            Self::Refused(refusal) => {
                let mut response = respond(
                    media,
                    refusal.status,
                    &Errors {
                        errors: &refusal.errors(),
                    },
                );
                response.headers_mut().extend(refusal.headers);
                response
            }
            Self::Request(errors) => respond(media, media.request_error_status(), &Errors { errors: &errors }),
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
        Self::Request(vec![error.into()])
    }
}

impl From<ServerError> for Failure {
    fn from(error: ServerError) -> Self {
        Self::Request(vec![error])
    }
}

/// A response without `data`.
#[derive(Serialize)]
struct Errors<'a> {
    errors: &'a [ServerError],
}

/// The response of an execution: 200, also where fields failed.
pub(super) fn executed(media: MediaType, response: &async_graphql::Response) -> Response {
    let mut answer = respond(media, StatusCode::OK, response);
    answer.headers_mut().extend(response.http_headers.clone());
    answer
}

fn respond(media: MediaType, status: StatusCode, body: &impl Serialize) -> Response {
    match serde_json::to_vec(body) {
        Ok(bytes) => {
            let headers = [
                (header::CONTENT_TYPE, HeaderValue::from_static(media.content_type())),
                (header::VARY, HeaderValue::from_static("accept, authorization")),
                // Answers are for one reader, and may be confidential.
                (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
            ];
            (status, headers, bytes).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "a response cannot be written as JSON");
            Refusal::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                ErrorCode::Internal,
                "Internal error.",
            )
            .into_response()
        }
    }
}

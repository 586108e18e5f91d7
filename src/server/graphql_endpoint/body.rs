//! Reads the body of a request, within the limits.

use axum::{
    body::Body,
    http::{HeaderMap, StatusCode, header},
};
use futures_util::StreamExt;
use mime::Mime;

use crate::{
    graphql::{
        error::{ErrorCode, RequestError},
        limits::Limits,
    },
    server::{receiving::is_compressed, refusal::Refusal},
};

/// How many bytes of a body that is too large are read and forgotten, so that a client that writes first and reads then
/// gets to read why it is refused. Beyond it the connection is closed.
const FORGOTTEN_BYTES: usize = 16 << 20;

/// Checks that the body is JSON in UTF-8, and not compressed.
pub(super) fn check_headers(headers: &HeaderMap) -> Result<(), Refusal> {
    let unsupported = |message| {
        Err(Refusal::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            ErrorCode::BadRequest,
            message,
        ))
    };
    let media = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok()?.parse::<Mime>().ok());
    let is_json = media.is_some_and(|media| {
        media.essence_str() == mime::APPLICATION_JSON && media.get_param(mime::CHARSET).is_none_or(|set| set == "utf-8")
    });
    if !is_json {
        return unsupported(message!("request-body-type"));
    }
    if is_compressed(headers) {
        return unsupported(message!("request-body-compressed"));
    }
    Ok(())
}

/// Reads the whole body: at most as many bytes, and for as long, as the limits say.
pub(super) async fn read(headers: &HeaderMap, body: Body, limits: &Limits) -> Result<Vec<u8>, Refusal> {
    let announced = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    let waits = headers.contains_key(header::EXPECT);
    if let Some(bytes) = announced.filter(|bytes| *bytes > limits.body_bytes)
        && (waits || bytes > FORGOTTEN_BYTES)
    {
        return Err(too_large(bytes, limits));
    }
    tokio::time::timeout(limits.body_time, collect(body, limits))
        .await
        .unwrap_or_else(|_| {
            let seconds = limits.body_time.as_secs_f32();
            let message = message!("request-body-too-slow", seconds = seconds.to_string());
            Err(Refusal::new(StatusCode::REQUEST_TIMEOUT, ErrorCode::Timeout, message))
        })
}

async fn collect(body: Body, limits: &Limits) -> Result<Vec<u8>, Refusal> {
    let mut chunks = body.into_data_stream();
    let mut bytes = Vec::new();
    let mut received = 0_usize;
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| Refusal::bad_request(message!("request-body-broke-off")))?;
        received = received.saturating_add(chunk.len());
        if received <= limits.body_bytes {
            bytes.extend_from_slice(&chunk);
        } else if received > FORGOTTEN_BYTES {
            break;
        }
    }
    if received > limits.body_bytes {
        Err(too_large(received, limits))
    } else {
        Ok(bytes)
    }
}

fn too_large(found: usize, limits: &Limits) -> Refusal {
    let limit = limits.body_bytes;
    let RequestError { code, message } = RequestError::limit(message!("request-too-many-body-bytes", found, limit));
    Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, code, message)
}

//! Receiving a file: the body of a request, as it is.

use super::refusal::Refusal;
use crate::{
    attachments::{Incoming, ReceiveError},
    graphql::ErrorCode,
    language::Message,
};
use axum::{
    body::BodyDataStream,
    http::{HeaderMap, HeaderValue, StatusCode, header},
};
use futures_util::StreamExt;
use std::{path::Path, time::Duration};

/// How long a file may take to arrive: enough for the largest at 50 kB a second.
const ARRIVAL: Duration = Duration::from_secs(600);

/// How many bytes of a file that is refused are read and forgotten, and for how long, so that a client that writes first
/// and reads then gets to read why. Beyond it the connection is closed.
const FORGOTTEN_BYTES: usize = 64 << 20;
const FORGETTING: Duration = Duration::from_secs(15);

/// The answer to a kind of file that is not taken.
pub(in crate::server) fn unsupported(message: Message) -> Refusal {
    Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, ErrorCode::BadRequest, message)
}

/// The answer to a file that is too large.
pub(in crate::server) fn too_large(max_bytes: u64) -> Refusal {
    let message = message!("request-file-too-large", max_bytes);
    Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, ErrorCode::LimitExceeded, message)
}

/// Whether the body is packed in a way that HTTP knows.
pub(in crate::server) fn is_compressed(headers: &HeaderMap) -> bool {
    let plain = |value: &HeaderValue| value.as_bytes().eq_ignore_ascii_case(b"identity");
    !headers.get_all(header::CONTENT_ENCODING).iter().all(plain)
}

/// A file is not announced to be larger than it may be.
pub(in crate::server) fn refuse_announced(headers: &HeaderMap, max_bytes: u64) -> Result<(), Refusal> {
    let announced = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    match announced {
        Some(bytes) if bytes > max_bytes => Err(too_large(max_bytes)),
        _ => Ok(()),
    }
}

/// Receives a file into `folder`: at most so many bytes.
pub(in crate::server) async fn arrived(
    folder: &Path,
    chunks: &mut BodyDataStream,
    max_bytes: u64,
) -> Result<Incoming, Refusal> {
    let receive = Incoming::receive(folder, chunks, max_bytes);
    let received = tokio::time::timeout(ARRIVAL, receive).await.map_err(|_| {
        let message = message!("request-file-too-slow", seconds = ARRIVAL.as_secs());
        Refusal::new(StatusCode::REQUEST_TIMEOUT, ErrorCode::Timeout, message)
    })?;
    received.map_err(|error| match error {
        ReceiveError::TooLarge => too_large(max_bytes),
        ReceiveError::BrokeOff => Refusal::bad_request(message!("request-file-broke-off")),
        ReceiveError::Kept(error) => {
            tracing::error!(%error, "an upload cannot be kept");
            Refusal::unavailable(message!("request-file-not-kept"))
        }
    })
}

/// Reads what a client still sends of a file that is refused. One that waits to be asked for it is not asked.
pub(in crate::server) async fn forget(headers: &HeaderMap, mut chunks: BodyDataStream) {
    if headers.contains_key(header::EXPECT) {
        return;
    }
    let reading = async {
        let mut forgotten = 0_usize;
        while let Some(Ok(chunk)) = chunks.next().await {
            forgotten = forgotten.saturating_add(chunk.len());
            if forgotten > FORGOTTEN_BYTES {
                break;
            }
        }
    };
    // Whether it ended or not, the answer is the same.
    drop(tokio::time::timeout(FORGETTING, reading).await);
}

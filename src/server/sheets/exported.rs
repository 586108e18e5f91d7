//! The answers that are sheets.

use crate::{
    server::{attachments::disposition, failure, refusal::Refusal},
    spreadsheet::{Delimiter, Format, WriteError},
};
use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use futures_util::stream;
use std::{fs::File, io};
use tokio::io::AsyncReadExt;

/// How many bytes of a file are sent at once.
const CHUNK: usize = 64 << 10;

/// What stands between the cells of CSV, as the client says.
pub(super) fn delimiter(named: Option<&str>) -> Result<Delimiter, Refusal> {
    match named {
        None => Ok(Delimiter::default()),
        Some(name) => {
            Delimiter::named(name).ok_or_else(|| Refusal::bad_request(message!("spreadsheet-no-such-delimiter")))
        }
    }
}

/// An answer with a sheet that is to be saved, and that nobody else is to keep.
pub(super) fn answer(format: Format, title: &str, body: Body) -> Result<Response, Refusal> {
    let mut headers = HeaderMap::new();
    for (name, value) in [
        (header::CONTENT_TYPE, format.media_type()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
        (header::CACHE_CONTROL, "private, no-store"),
        (header::VARY, "authorization"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    let name = disposition(&format!("{title}.{}", format.extension()));
    let name = HeaderValue::try_from(name).map_err(|_| failure::internal())?;
    headers.insert(header::CONTENT_DISPOSITION, name);
    Ok((headers, body).into_response())
}

/// Writes a part of a sheet, on a thread of those that may wait for a disk.
pub(super) async fn on_disk<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, WriteError> + Send + 'static,
) -> Result<T, Refusal> {
    let done = tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| failure::internal())?;
    done.map_err(|error| unwritten(&error))
}

/// That a sheet could not be written, which the log is told of.
pub(super) fn unwritten(error: &WriteError) -> Refusal {
    tracing::error!(%error, "a sheet cannot be written");
    failure::internal()
}

/// A file's content, chunk by chunk.
pub(super) fn file_body(file: File) -> Body {
    let chunks = stream::try_unfold(tokio::fs::File::from_std(file), |mut file| async move {
        let mut chunk = vec![0; CHUNK];
        let read = file.read(&mut chunk).await?;
        chunk.truncate(read);
        Ok::<_, io::Error>((read > 0).then(|| (Bytes::from(chunk), file)))
    });
    Body::from_stream(chunks)
}

//! The answers that are sheets.

use crate::{
    server::{attachments::disposition, failure, refusal::Refusal},
    spreadsheet::{Delimiter, Format},
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

/// A file's content, chunk by chunk.
///
/// # Errors
/// When its size cannot be read.
pub(super) fn file_body(file: File) -> io::Result<Body> {
    let chunks = stream::try_unfold(tokio::fs::File::from_std(file), |mut file| async move {
        let mut chunk = vec![0; CHUNK];
        let read = file.read(&mut chunk).await?;
        chunk.truncate(read);
        Ok::<_, io::Error>((read > 0).then(|| (Bytes::from(chunk), file)))
    });
    Ok(Body::from_stream(chunks))
}

use super::{DOWNLOAD_POINTS, Files};
use crate::{
    attachments::{FileKind, ObjectKey, readable_attachment},
    graphql::NodeKind,
    server::{failure, refusal::Refusal},
};
use async_graphql::ID;
use axum::{
    body::Body,
    extract::{Path, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use entity::attachment;
use futures_util::{StreamExt, TryStreamExt, stream};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::io;

/// What the audit log calls it.
const OPERATION: &str = "downloadAttachment";

/// All but what RFC 8187, section 3.2.1, lets a name have as it is.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'!')
    .remove(b'#')
    .remove(b'$')
    .remove(b'&')
    .remove(b'+')
    .remove(b'-')
    .remove(b'.')
    .remove(b'^')
    .remove(b'_')
    .remove(b'`')
    .remove(b'|')
    .remove(b'~');

/// Sends a file to who may read what it is attached to. One that they may not see is answered as one that is not there.
pub(super) async fn download(State(files): State<Files>, Path(id): Path<String>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    match files.send(&parts, &ID(id)).await {
        Ok(response) => response,
        Err(refusal) => refusal.into_response(),
    }
}

impl Files {
    async fn send(&self, parts: &Parts, id: &ID) -> Result<Response, Refusal> {
        let caller = self.sign_in.user(parts, DOWNLOAD_POINTS).await?;
        let found = match caller.reader().await {
            Ok(reader) => {
                let found = match NodeKind::Attachment.decode(id) {
                    Ok(id) => readable_attachment(&reader, id).await,
                    Err(_) => Ok(None),
                };
                found
                    .map(|row| row.map(|row| row.content(&reader).clone()))
                    .map_err(|error| failure::of_store(&error))
            }
            Err(error) => Err(failure::of_access(error)),
        };
        // Who reads what is confidential is in the log before any of it leaves.
        if let Err(error) = caller.conclude(Some(OPERATION), &[]).await {
            return Err(failure::of_store(&error));
        }
        let file = found?.ok_or_else(Refusal::not_found)?;
        let headers = headers(&file)?;
        if is_known(&parts.headers, &headers) {
            return Ok((StatusCode::NOT_MODIFIED, headers).into_response());
        }
        let body = match parts.method {
            Method::HEAD => Body::empty(),
            _ => self.body(&file).await?,
        };
        let length = [(header::CONTENT_LENGTH, HeaderValue::from(file.size))];
        Ok((length, headers, content_type(&file)?, body).into_response())
    }

    async fn body(&self, file: &attachment::Model) -> Result<Body, Refusal> {
        let key = ObjectKey {
            municipality_id: file.municipality_id,
            id: file.id,
        };
        let opened = self.objects.open_object(key).await;
        let opened = opened.map_err(|error| failure::of_objects(&error))?;
        if i32::try_from(opened.size) != Ok(file.size) {
            tracing::error!(id = %file.id, size = opened.size, "a file has another size than when it was uploaded");
            return Err(failure::internal());
        }
        let id = file.id;
        let broken = move |error: &io::Error| tracing::error!(%id, %error, "a file was not sent whole");
        let mut chunks = opened.verified(file.sha256.clone()).inspect_err(broken);
        // A small file is known to be right before anything is answered. Of a larger one that is not, the client sees that
        // the connection ends before the file does.
        let first = chunks.try_next().await.map_err(|_| failure::internal())?;
        Ok(Body::from_stream(stream::iter(first.map(Ok)).chain(chunks)))
    }
}

/// What a browser is told of every file: save it, do not look into it, do not keep it for others.
fn headers(file: &attachment::Model) -> Result<HeaderMap, Refusal> {
    let mut headers = HeaderMap::new();
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
        (header::CACHE_CONTROL, "private, no-store"),
        (header::VARY, "authorization"),
        (header::ACCEPT_RANGES, "none"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert(header::CONTENT_DISPOSITION, value(disposition(&file.file_name))?);
    headers.insert(header::ETAG, value(format!("\"{}\"", file.sha256))?);
    Ok(headers)
}

fn content_type(file: &attachment::Model) -> Result<[(header::HeaderName, HeaderValue); 1], Refusal> {
    let text = FileKind::of_media_type(&file.media_type).is_some_and(FileKind::is_text);
    let charset = if text { "; charset=utf-8" } else { "" };
    Ok([(header::CONTENT_TYPE, value(format!("{}{charset}", file.media_type))?)])
}

fn value(text: String) -> Result<HeaderValue, Refusal> {
    HeaderValue::try_from(text).map_err(|_| failure::internal())
}

/// Under what name it is saved (RFC 6266): once in ASCII for the oldest clients, and as it is.
pub(in crate::server) fn disposition(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|letter| match letter {
            '"' | '\\' | '%' => '_',
            ' '..='~' => letter,
            _ => '_',
        })
        .collect();
    format!(
        "attachment; filename=\"{plain}\"; filename*=UTF-8''{}",
        utf8_percent_encode(name, ENCODED)
    )
}

/// Whether the client has the content already (RFC 9110, section 13.1.2).
fn is_known(asked: &HeaderMap, headers: &HeaderMap) -> bool {
    let Some(tag) = headers.get(header::ETAG).and_then(|tag| tag.to_str().ok()) else {
        return false;
    };
    asked
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_saved_as_it_is_and_breaks_out_of_nothing() {
        assert_eq!(
            disposition("rapport.pdf"),
            "attachment; filename=\"rapport.pdf\"; filename*=UTF-8''rapport.pdf"
        );
        assert_eq!(
            disposition("Åtgärd \"1\"; x=%41.pdf"),
            "attachment; filename=\"_tg_rd _1_; x=_41.pdf\"; filename*=UTF-8''%C3%85tg%C3%A4rd%20%221%22%3B%20x%3D%2541.pdf"
        );
        assert!(value(disposition("a\r\nb.pdf")).is_ok(), "no header is split");
    }

    #[test]
    fn a_tag_is_known_among_others() {
        let mut headers = HeaderMap::new();
        headers.insert(header::ETAG, HeaderValue::from_static("\"abc\""));
        for (asked, known) in [
            ("\"abc\"", true),
            ("W/\"abc\"", true),
            ("\"x\", \"abc\"", true),
            ("*", true),
            ("\"x\"", false),
            ("abc", false),
        ] {
            let mut request = HeaderMap::new();
            request.insert(header::IF_NONE_MATCH, HeaderValue::from_static(asked));
            assert_eq!(is_known(&request, &headers), known, "{asked}");
        }
        assert!(!is_known(&HeaderMap::new(), &headers));
    }
}

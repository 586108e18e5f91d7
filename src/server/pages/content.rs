use crate::digest::sha256;
use axum::{
    body::Bytes,
    http::{
        HeaderMap, StatusCode,
        header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH},
    },
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use std::sync::Arc;

/// What stays the same as long as the program runs, with a tag by which a browser asks whether it has it already: its name
/// stays the same from version to version.
#[derive(Clone, Debug)]
pub(in crate::server) struct Content {
    content_type: &'static str,
    bytes: Bytes,
    tag: Arc<str>,
}

impl Content {
    pub(in crate::server) fn new(content_type: &'static str, bytes: Bytes) -> Self {
        // Weak (RFC 9110, section 8.8.1): the same content is sent compressed or not.
        let tag = format!("W/\"{}\"", URL_SAFE_NO_PAD.encode(sha256(&bytes)));
        Self {
            content_type,
            bytes,
            tag: tag.into(),
        }
    }

    /// The content, or that the browser has it.
    pub(in crate::server) fn answer(&self, headers: &HeaderMap) -> Response {
        let caching = [(ETAG, &*self.tag), (CACHE_CONTROL, "no-cache")];
        if self.is_known(headers) {
            return (StatusCode::NOT_MODIFIED, caching).into_response();
        }
        (caching, [(CONTENT_TYPE, self.content_type)], self.bytes.clone()).into_response()
    }

    /// Compared weakly, as RFC 9110 (section 13.1.2) has it.
    fn is_known(&self, headers: &HeaderMap) -> bool {
        let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
        let own = opaque(&self.tag);
        headers
            .get_all(IF_NONE_MATCH)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .map(opaque)
            .any(|known| known == own || known == "*")
    }
}

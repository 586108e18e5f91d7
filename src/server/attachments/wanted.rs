use crate::{
    attachments::{FileKind, Subject, refuse_bad_name},
    graphql::{ErrorCode, decode},
    language::Message,
    server::refusal::Refusal,
    use_case::Problem,
};
use async_graphql::ID;
use axum::http::{HeaderMap, StatusCode, header, request::Parts};
use mime::Mime;
use serde::Deserialize;

/// The header with the client's own key for an upload that it may have to send again.
const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// What the head of an upload says: all that is known before any of the file arrives.
#[derive(Debug)]
pub(super) struct Wanted {
    /// The global id of what the file is attached to, as the client gave it.
    pub(super) subject_id: String,
    /// What that is.
    pub(super) subject: Subject,
    /// What the file is called.
    pub(super) file_name: String,
    /// What kind of file it is, by its name.
    pub(super) kind: FileKind,
    /// The client's key.
    pub(super) idempotency_key: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Query {
    subject_id: String,
    file_name: String,
}

impl Wanted {
    /// What the head says.
    ///
    /// # Errors
    /// When it says too little, or what no file can be.
    pub(super) fn of(parts: &Parts, max_bytes: u64) -> Result<Self, Refusal> {
        let query: Query = serde_urlencoded::from_str(parts.uri.query().unwrap_or_default())
            .map_err(|error| Refusal::bad_request(message!("request-file-head", error = error.to_string())))?;
        let (kind, id) =
            decode(&ID(query.subject_id.clone())).map_err(|error| Refusal::bad_request(error.message()))?;
        let subject = Subject::of(kind, id).map_err(refused)?;
        refuse_bad_name(&query.file_name).map_err(refused)?;
        let kind = FileKind::of_name(&query.file_name).ok_or_else(|| {
            unsupported(message!(
                "request-file-extension",
                extensions = FileKind::known_extensions()
            ))
        })?;
        refuse_declared(&parts.headers, kind)?;
        refuse_announced(&parts.headers, max_bytes)?;
        Ok(Self {
            subject_id: query.subject_id,
            subject,
            file_name: query.file_name,
            kind,
            idempotency_key: idempotency_key(&parts.headers)?,
        })
    }
}

fn refused(problem: Problem) -> Refusal {
    Refusal::bad_request(problem.message)
}

/// The answer to a kind of file that is not taken.
pub(super) fn unsupported(message: Message) -> Refusal {
    Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, ErrorCode::BadRequest, message)
}

/// The answer to a file that is too large.
pub(super) fn too_large(max_bytes: u64) -> Refusal {
    let message = message!("request-file-too-large", max_bytes);
    Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, ErrorCode::LimitExceeded, message)
}

/// The type that the client declares is the one that the name says; when it declares none, the content will tell.
fn refuse_declared(headers: &HeaderMap, kind: FileKind) -> Result<(), Refusal> {
    let plain = |value: &axum::http::HeaderValue| value.as_bytes().eq_ignore_ascii_case(b"identity");
    if !headers.get_all(header::CONTENT_ENCODING).iter().all(plain) {
        return Err(unsupported(message!("request-file-compressed")));
    }
    let Some(declared) = headers.get(header::CONTENT_TYPE) else {
        return Ok(());
    };
    let parsed = declared.to_str().ok().and_then(|text| text.parse::<Mime>().ok());
    if parsed.is_some_and(|declared| kind.may_be_declared(&declared)) {
        return Ok(());
    }
    Err(unsupported(message!(
        "request-file-declared-otherwise",
        media_type = kind.media_type()
    )))
}

fn refuse_announced(headers: &HeaderMap, max_bytes: u64) -> Result<(), Refusal> {
    let announced = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    match announced {
        Some(bytes) if bytes > max_bytes => Err(too_large(max_bytes)),
        _ => Ok(()),
    }
}

fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, Refusal> {
    let Some(key) = headers.get(IDEMPOTENCY_KEY) else {
        return Ok(None);
    };
    let key = key
        .to_str()
        .map_err(|_| Refusal::bad_request(message!("request-idempotency-key-ascii")))?;
    Ok(Some(key.to_owned()))
}

use crate::{
    attachments::{FileKind, Subject, refuse_bad_name},
    graphql::decode,
    server::{
        receiving::{is_compressed, refuse_announced, unsupported},
        refusal::Refusal,
    },
    use_case::Problem,
};
use async_graphql::ID;
use axum::http::{HeaderMap, header, request::Parts};
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

/// The type that the client declares is the one that the name says; when it declares none, the content will tell.
fn refuse_declared(headers: &HeaderMap, kind: FileKind) -> Result<(), Refusal> {
    if is_compressed(headers) {
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

fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, Refusal> {
    let Some(key) = headers.get(IDEMPOTENCY_KEY) else {
        return Ok(None);
    };
    let key = key
        .to_str()
        .map_err(|_| Refusal::bad_request(message!("request-idempotency-key-ascii")))?;
    Ok(Some(key.to_owned()))
}

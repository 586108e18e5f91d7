//! Documents that a request names instead of sending them.
//!
//! *Trusted documents* are those of the portals that the operator knows: their builds write them into manifests, which
//! the server reads when it starts. It may answer those alone. *Automatic persisted queries* are what clients tell the
//! server as they go: a client sends the hash of a document, and the document itself only where the server does not have it
//! (yet, or any more).

mod manifest;

pub use self::manifest::ManifestError;

use std::{collections::HashMap, path::PathBuf, sync::Arc};

use async_graphql::{Request, Value};
use axum::http::StatusCode;
use quick_cache::{Weighter, sync::Cache};
use serde::{Deserialize, Serialize};

use super::answer::Failure;
use crate::{
    digest::sha256_hex,
    graphql::{ErrorCode, RequestError, limits::Limits},
    server::Refusal,
};

/// How many bytes of documents are remembered for clients, with their hashes.
const REMEMBERED_BYTES: u64 = 16 << 20;

/// About how large such a document is.
const USUAL_BYTES: usize = 2 << 10;

/// What an operator says of documents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DocumentSettings {
    /// The manifests of trusted documents.
    pub trusted: Vec<PathBuf>,
    /// Whether nothing but trusted documents is answered.
    pub only_trusted: bool,
}

/// The documents that the server knows.
#[derive(Clone, Debug)]
pub struct Documents {
    /// By every name that a client may have for one: what its manifest calls it, and the hash of its text.
    trusted: Arc<HashMap<String, Arc<str>>>,
    only_trusted: bool,
    remembered: Arc<Cache<String, Arc<str>, Bytes>>,
}

/// What a request says of its document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum DocumentReference {
    /// Its text, and maybe the hash by which it is to be remembered.
    Text(String, Option<String>),
    /// The SHA-256 of its text in hexadecimal digits.
    Hash(String),
    /// What a manifest calls it.
    Id(String),
}

/// What a request has in `extensions`.
type Extensions = HashMap<String, Value>;

#[derive(Clone, Debug)]
struct Bytes;

impl Weighter<String, Arc<str>> for Bytes {
    fn weight(&self, key: &String, text: &Arc<str>) -> u64 {
        u64::try_from(key.len() + text.len()).unwrap_or(u64::MAX)
    }
}

impl Default for Documents {
    fn default() -> Self {
        Self::of(HashMap::new(), false)
    }
}

impl Documents {
    /// Reads the manifests that the settings name.
    ///
    /// # Errors
    /// When a manifest cannot be read, or a document in it is none or asks for more than the limits allow.
    pub fn read(settings: &DocumentSettings, limits: &Limits) -> Result<Self, ManifestError> {
        let mut trusted: HashMap<String, Arc<str>> = HashMap::new();
        for file in &settings.trusted {
            for (id, text) in manifest::read(file, limits)? {
                let text: Arc<str> = text.into();
                for name in [sha256_hex(text.as_bytes()), id] {
                    let known = trusted.insert(name.clone(), Arc::clone(&text));
                    if known.is_some_and(|known| known != text) {
                        let file = file.clone();
                        return Err(ManifestError::Ambiguous { file, id: name });
                    }
                }
            }
        }
        Ok(Self::of(trusted, settings.only_trusted))
    }

    fn of(trusted: HashMap<String, Arc<str>>, only_trusted: bool) -> Self {
        let items = usize::try_from(REMEMBERED_BYTES).unwrap_or(usize::MAX) / USUAL_BYTES;
        Self {
            trusted: Arc::new(trusted),
            only_trusted,
            remembered: Arc::new(Cache::with_weighter(items, REMEMBERED_BYTES, Bytes)),
        }
    }

    /// The text of the document that a request is about.
    pub(super) fn find(&self, reference: &DocumentReference) -> Result<String, Failure> {
        match reference {
            DocumentReference::Id(id) => {
                let known = self.trusted.get(id);
                let known = known.or_else(|| self.trusted.get(id.strip_prefix("sha256:")?));
                known.map(ToString::to_string).ok_or_else(|| unknown(id))
            }
            DocumentReference::Hash(hash) => {
                let known = self.trusted.get(hash).cloned();
                let known = known.or_else(|| self.remembered.get(hash));
                known.map(|text| text.to_string()).ok_or_else(not_found)
            }
            DocumentReference::Text(text, hash) => {
                if hash.is_none() && !self.only_trusted {
                    return Ok(text.clone());
                }
                let own = sha256_hex(text.as_bytes());
                if hash.as_ref().is_some_and(|hash| *hash != own) {
                    return Err(RequestError::bad_request(message!("request-hash-of-other-document")).into());
                }
                if self.only_trusted && !self.trusted.contains_key(&own) {
                    return Err(untrusted().into());
                }
                Ok(text.clone())
            }
        }
    }

    /// Remembers the document of a request that was let in, where its client has named it by its hash.
    pub(super) fn remember(&self, request: &Request) {
        if let Ok(Some(hash)) = persisted_query(&request.extensions)
            && !self.trusted.contains_key(&hash)
        {
            self.remembered.insert(hash, request.query.as_str().into());
        }
    }
}

/// The hash in `extensions.persistedQuery`, in the protocol's version 1: the only one that there is.
pub(super) fn persisted_query(extensions: &Extensions) -> Result<Option<String>, Refusal> {
    let wrong = || Refusal::bad_request(message!("request-persisted-query-form"));
    match extensions.get("persistedQuery") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Object(persisted)) => match (persisted.get("version"), persisted.get("sha256Hash")) {
            (Some(Value::Number(version)), Some(Value::String(hash))) if version.as_u64() == Some(1) => {
                Ok(Some(hash.clone()))
            }
            _ => Err(wrong()),
        },
        Some(_) => Err(wrong()),
    }
}

/// In the words that clients of automatic persisted queries look for.
fn not_found() -> Failure {
    let message = message!("request-persisted-query-not-found");
    RequestError::new(ErrorCode::PersistedQueryNotFound, message).into()
}

fn unknown(id: &str) -> Failure {
    RequestError::bad_request(message!("request-unknown-document", id)).into()
}

fn untrusted() -> Refusal {
    Refusal::new(
        StatusCode::FORBIDDEN,
        ErrorCode::Forbidden,
        message!("request-only-trusted-documents"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "{ viewer { user { name } } }";

    fn by_text(text: &str, hash: Option<String>) -> DocumentReference {
        DocumentReference::Text(text.to_owned(), hash)
    }

    fn by_id(id: &str) -> DocumentReference {
        DocumentReference::Id(id.to_owned())
    }

    fn trusting(only: bool) -> Documents {
        let text: Arc<str> = TEXT.into();
        let names = ["Viewer".to_owned(), sha256_hex(TEXT.as_bytes())];
        Documents::of(names.map(|name| (name, Arc::clone(&text))).into(), only)
    }

    #[test]
    fn a_hash_is_answered_once_the_document_was_sent() {
        let documents = Documents::default();
        let hash = sha256_hex(TEXT.as_bytes());
        assert!(documents.find(&DocumentReference::Hash(hash.clone())).is_err());
        assert_eq!(documents.find(&by_text(TEXT, Some(hash.clone()))).unwrap(), TEXT);
        let mut request = Request::new(TEXT);
        let persisted = serde_json::json!({ "version": 1, "sha256Hash": hash });
        let persisted = Value::from_json(persisted).unwrap();
        request.extensions.insert("persistedQuery".to_owned(), persisted);
        documents.remember(&request);
        assert_eq!(documents.find(&DocumentReference::Hash(hash)).unwrap(), TEXT);
    }

    #[test]
    fn a_hash_of_another_document_is_refused() {
        let documents = Documents::default();
        assert!(documents.find(&by_text(TEXT, Some(sha256_hex(b"{ other }")))).is_err());
    }

    #[test]
    fn a_trusted_document_has_several_names() {
        let documents = trusting(true);
        let hash = sha256_hex(TEXT.as_bytes());
        for reference in [
            by_id("Viewer"),
            by_id(&hash),
            by_id(&format!("sha256:{hash}")),
            DocumentReference::Hash(hash.clone()),
            by_text(TEXT, None),
        ] {
            assert_eq!(documents.find(&reference).unwrap(), TEXT, "{reference:?}");
        }
    }

    #[test]
    fn nothing_else_is_answered_where_only_trusted_ones_are() {
        let other = "{ municipality { name } }";
        assert!(trusting(true).find(&by_text(other, None)).is_err());
        assert!(
            trusting(true)
                .find(&by_text(other, Some(sha256_hex(other.as_bytes()))))
                .is_err()
        );
        assert!(trusting(true).find(&by_id("Other")).is_err());
        assert!(trusting(false).find(&by_text(other, None)).is_ok());
    }
}

use std::{fs, io, path::Path, path::PathBuf};

use async_graphql::parser::parse_query;
use entity::Language;
use serde::Deserialize;
use std::collections::BTreeMap;

use crate::graphql::{RequestError, limits::Limits};

/// A manifest, in one of the forms that builds of portals write.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Manifest {
    /// Apollo's (`apollo-persisted-query-manifest`).
    Operations {
        /// The documents.
        operations: Vec<Operation>,
    },
    /// GraphQL Code Generator's and Relay's: texts by their ids.
    Texts(BTreeMap<String, String>),
}

#[derive(Debug, Deserialize)]
struct Operation {
    id: String,
    body: String,
}

/// Why a manifest of trusted documents cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    /// The file cannot be read.
    #[error("the manifest {file} of trusted documents cannot be read: {reason}")]
    Unreadable {
        /// The manifest.
        file: PathBuf,
        /// Why.
        #[source]
        reason: io::Error,
    },
    /// The file holds something else.
    #[error(
        "{file} is no manifest of trusted documents ({reason}): it is a JSON object of texts by their ids, as GraphQL \
         Code Generator and Relay write it, or Apollo's with `operations`"
    )]
    Malformed {
        /// The manifest.
        file: PathBuf,
        /// What is wrong, and where.
        #[source]
        reason: serde_json::Error,
    },
    /// A document in it cannot be executed.
    #[error("the trusted document {id} in {file} cannot be used: {reason}")]
    Document {
        /// The manifest.
        file: PathBuf,
        /// What it calls the document.
        id: String,
        /// Why.
        reason: String,
    },
    /// Two documents go by one name.
    #[error("{file} calls another document {id} than a manifest before it: take the documents' hashes for ids")]
    Ambiguous {
        /// The later manifest.
        file: PathBuf,
        /// The name.
        id: String,
    },
}

/// The documents of a manifest with what it calls them.
pub(super) fn read(file: &Path, limits: &Limits) -> Result<Vec<(String, String)>, ManifestError> {
    let text = fs::read_to_string(file).map_err(|reason| ManifestError::Unreadable {
        file: file.to_owned(),
        reason,
    })?;
    let manifest: Manifest = serde_json::from_str(&text).map_err(|reason| ManifestError::Malformed {
        file: file.to_owned(),
        reason,
    })?;
    let documents: Vec<(String, String)> = match manifest {
        Manifest::Operations { operations } => operations.into_iter().map(|of| (of.id, of.body)).collect(),
        Manifest::Texts(texts) => texts.into_iter().collect(),
    };
    for (id, text) in &documents {
        check(text, limits).map_err(|reason| ManifestError::Document {
            file: file.to_owned(),
            id: id.clone(),
            reason,
        })?;
    }
    Ok(documents)
}

fn check(text: &str, limits: &Limits) -> Result<(), String> {
    let said = |error: RequestError| error.message.in_language(Language::En);
    limits.check_text(text).map_err(said)?;
    let document = parse_query(text).map_err(|error| error.to_string())?;
    limits.check_document(&document).map_err(said)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn read_text(text: &str) -> Result<Vec<(String, String)>, ManifestError> {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        read(file.path(), &Limits::default())
    }

    #[test]
    fn each_form_is_read() {
        let expected = [("a".to_owned(), "{ viewer { user { name } } }".to_owned())];
        let of_apollo = r#"{ "format": "apollo-persisted-query-manifest", "version": 1, "operations":
            [{ "id": "a", "name": "A", "type": "query", "body": "{ viewer { user { name } } }" }] }"#;
        assert_eq!(read_text(of_apollo).unwrap(), expected);
        assert_eq!(
            read_text(r#"{ "a": "{ viewer { user { name } } }" }"#).unwrap(),
            expected
        );
    }

    #[test]
    fn what_cannot_be_used_is_named() {
        let told = |text: &str| read_text(text).unwrap_err().to_string();
        assert!(told("[]").contains("no manifest"));
        assert!(told(r#"{ "a": 1 }"#).contains("no manifest"));
        assert!(told(r#"{ "broken": "{ viewer" }"#).contains("the trusted document broken in"));
        let missing = read(Path::new("missing.json"), &Limits::default()).unwrap_err();
        assert!(missing.to_string().contains("missing.json"));
    }
}

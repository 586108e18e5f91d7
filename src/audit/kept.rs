use super::Head;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::{
    fs::File,
    io::{self, BufRead, BufReader},
};
use uuid::Uuid;

/// A signed head, as it is printed to be kept outside the database, and read again to hold a log against it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptHead {
    /// The municipality's code when it was kept.
    pub code: String,
    /// The head.
    pub head: Head,
    /// Its signature, in base64.
    pub signature: String,
}

/// Heads that were kept, as a file of JSON lines holds them.
#[derive(Clone, Debug, Default)]
pub struct KeptHeads(pub Vec<KeptHead>);

/// A line of such a file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Line {
    pub(super) code: String,
    pub(super) municipality: Uuid,
    pub(super) sequence: i64,
    pub(super) hash: String,
    pub(super) key_id: Option<String>,
    /// For whoever checks it without this program. Never trusted here: a forger would give their own.
    pub(super) public_key: Option<String>,
    pub(super) signature: String,
    pub(super) time: DateTime<Utc>,
}

impl KeptHeads {
    /// The heads in a file.
    ///
    /// # Errors
    /// A text for the operator when it cannot be read, or holds something else.
    pub fn in_file(file: &str) -> Result<Self, String> {
        let open = || -> io::Result<Vec<String>> { BufReader::new(File::open(file)?).lines().collect() };
        let lines = open().map_err(|error| format!("{file} cannot be read: {error}"))?;
        let heads = lines
            .iter()
            .enumerate()
            .filter(|(_, line)| !line.trim().is_empty())
            .map(|(index, line)| {
                serde_json::from_str::<Line>(line)
                    .map(KeptHead::from)
                    .map_err(|error| format!("line {} of {file} is no kept head: {error}", index + 1))
            });
        heads.collect::<Result<_, _>>().map(Self)
    }
}

impl From<Line> for KeptHead {
    fn from(line: Line) -> Self {
        Self {
            code: line.code,
            head: Head {
                municipality_id: line.municipality,
                sequence: line.sequence,
                hash: line.hash,
            },
            signature: line.signature,
        }
    }
}

//! The id that ties an answer to the lines about it in the log.

use std::fmt;

use uuid::Uuid;

/// Identifies one request in headers, errors and logs. A UUID of version 7, so that ids sort by time.
///
/// Always made here: an id from a client could repeat another's and so point an investigation at the wrong lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestId(Uuid);

impl RequestId {
    /// A new id, of now.
    #[must_use]
    pub fn new() -> Self {
        Self(Uuid::now_v7())
    }

    /// The id of a request that has one.
    #[must_use]
    pub fn of(id: Uuid) -> Self {
        Self(id)
    }

    /// The id itself.
    #[must_use]
    pub fn uuid(self) -> Uuid {
        self.0
    }
}

impl Default for RequestId {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

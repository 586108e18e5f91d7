//! The audit log: what happened, in an order that nobody can change unnoticed.
//!
//! Each municipality has a chain of events of its own ([`Trail`]). An event holds the hash of the one before it, and the
//! newest hash is signed with a key outside the database ([`AuditKey`]). [`verify`] walks a chain and names the first
//! link that is broken; [`erase`] takes a payload out lawfully; [`export`] writes what others need to verify a log.

mod api;
mod chain;
mod erasure;
mod export;
mod incident;
mod incidents;
mod kept;
mod key;
mod log;
mod sheets;
mod store;
mod trail;
mod verify;

pub use api::{AuditEvent, AuditEventFilter, AuditQuery};
pub use erasure::{EraseError, erase};
pub use export::{ExportError, export, kept_line};
pub use incident::{Incident, IncidentKind, SignInFailure};
pub use incidents::Incidents;
pub use kept::{KeptHead, KeptHeads};
pub use key::{AuditKey, AuditKeyError, AuditPublicKey, Head};
pub use trail::{Event, Trail, lay_out, record};
pub use verify::{BrokenLink, Fault, Unbroken, verify};

/// The actor of what the operator's commands do.
pub(crate) const OPERATOR: &str = "operator";

/// The actor of what the program does by itself.
pub(crate) const SYSTEM: &str = "system";

/// The actor of what is done by nobody who is signed in.
pub(crate) const NOBODY: &str = "nobody";
pub(crate) use sheets::EXPORTS;

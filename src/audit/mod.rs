//! The audit log: what happened, in an order that nobody can change unnoticed.
//!
//! Each municipality has a chain of events of its own ([`Trail`]). An event holds the hash of the one before it, and the
//! newest hash is signed with a key outside the database ([`AuditKey`]).

mod chain;
mod key;
mod trail;

pub use key::{AuditKey, AuditKeyError, AuditPublicKey, Head};
pub use trail::{Event, Trail, lay_out};

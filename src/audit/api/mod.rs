//! The audit log in the API, for those who audit.

mod event;
mod filter;
mod query;

pub use event::AuditEvent;
pub use filter::AuditEventFilter;
pub use query::AuditQuery;

//! How anything changes: one use case, one transaction.
//!
//! A use case is its input. [`run`] authorises it, answers a repeated idempotency key with the object of the first
//! time, performs it, and commits it together with its audit events and outbox rows. If any of that fails, none of it
//! happened.

mod act;
mod by_operator;
mod by_system;
mod check;
mod duties;
mod failure;
mod idempotency;
mod problem;
mod record;
mod run;
mod transaction;

pub(crate) use act::{Act, permissions};
pub(crate) use by_operator::ByOperator;
pub(crate) use by_system::BySystem;
pub use check::{Check, LONG_TEXT, NAME_TEXT, SHORT_TEXT, changed, cleared_or_changed};
pub use duties::Duties;
pub(crate) use duties::{ActedOn, Separated, hands_of, same_hands};
pub use failure::Failure;
pub use idempotency::{IDEMPOTENCY_HOURS, Repeatable};
pub use problem::{Problem, ProblemKind};
pub use run::{Request, UseCase, run};
pub use transaction::{Transaction, expect_version};

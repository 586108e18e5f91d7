//! Secrecy marks (sekretessmarkering, OSL 5 kap. 5 §): a warning with its ground, set and lifted by the registrar.

mod api;
mod commands;
mod rules;
mod store;

pub use api::{SecrecyEvent, SecrecyMutation};
pub(crate) use commands::{Inherits, inherit_mark};
pub use commands::{LiftSecrecyMarkInput, SetSecrecyMarkInput};

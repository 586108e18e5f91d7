//! The use cases of secrecy marks, both of them the registrar's.

mod inheritance;
mod secrecy_mark;

pub(crate) use inheritance::{Inherits, inherit_mark};
pub use secrecy_mark::{LiftSecrecyMarkInput, SetSecrecyMarkInput};

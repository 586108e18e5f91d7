//! The use cases of secrecy marks, both of them the registrar's.

mod secrecy_mark;

pub use secrecy_mark::{LiftSecrecyMarkInput, SetSecrecyMarkInput};

//! GraphQL without domain types: how errors look, what a request may cost, and what the specification asks of the
//! executor.

pub mod error;
pub mod limits;
pub mod operation;
pub mod request_id;
pub mod specification;

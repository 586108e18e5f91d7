//! Samsyn.

pub mod server;

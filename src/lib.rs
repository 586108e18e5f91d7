//! Samsyn.

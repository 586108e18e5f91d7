//! The GraphQL protocol, on a schema of its own: what any GraphQL client and any attacker may rely on.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop at what it did not foresee"
)]

mod coercion;
pub(crate) mod hostile;
pub(crate) mod http_audit;
pub(crate) mod node;
mod null_propagation;
mod panics;
mod request;
mod schema;
mod server;
mod stopping;

use libtest_mimic::Trial;

/// All tests of the protocol.
pub(crate) fn trials() -> Vec<Trial> {
    [
        http_audit::trials(),
        null_propagation::trials(),
        coercion::trials(),
        hostile::trials(),
        panics::trials(),
        request::trials(),
        stopping::trials(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

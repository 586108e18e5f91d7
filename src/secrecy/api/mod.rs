//! Secrecy marks in the API.

mod mutation;
mod secrecy_event;

pub use mutation::SecrecyMutation;
pub use secrecy_event::SecrecyEvent;

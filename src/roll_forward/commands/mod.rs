//! Rolling a year forward, and deciding what comes along.

mod accept;
mod accept_many;
mod acceptance;
mod drop;
mod roll_forward;

pub use accept::AcceptCarryOverInput;
pub use accept_many::AcceptCarryOversInput;
pub use drop::DropCarryOverInput;
pub use roll_forward::RollForwardInput;

//! Rolling a year forward, and deciding what comes along.

mod decision;
mod roll_forward;

pub use decision::{AcceptCarryOverInput, DropCarryOverInput};
pub use roll_forward::RollForwardInput;

//! Rolling forward: what of a control year comes along to the next.
//!
//! Rolling a year forward proposes the risks, the planned points, the findings that are not dealt with and the actions
//! that nobody has verified. Each proposal is then accepted, accepted with a change, or dropped; what is accepted becomes
//! a new row of the new year that is linked to the old one. The old year stays as it is.

mod api;
mod commands;
mod rules;
mod sheets;
mod store;

pub use api::{CarryOver, CarryOverFilter, RollForwardMutation, RollForwardQuery};
pub use commands::{AcceptCarryOverInput, AcceptCarryOversInput, DropCarryOverInput, RollForwardInput};
pub(crate) use rules::right_to_decide;
pub(crate) use sheets::EXPORTS;
pub(crate) use store::visible as visible_carry_overs;

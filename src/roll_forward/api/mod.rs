//! Rolling forward in the API.

mod carry_over;
mod filter;
mod mutation;
mod query;

pub use carry_over::CarryOver;
pub use filter::CarryOverFilter;
pub use mutation::RollForwardMutation;
pub use query::RollForwardQuery;

//! What somebody has to do, gathered from the other rooms.

mod api;
mod rules;
mod store;

pub use api::{MyWorkEvent, WorkItem, WorkSubscription};
pub use rules::WorkItemKind;

pub(crate) use api::my_work;

//! What somebody has to do, gathered from the other rooms.

mod api;
mod rules;
mod sheets;
mod store;

pub use api::{MyWorkEvent, WorkItem, WorkSubscription};

pub(crate) use api::my_work;
pub(crate) use rules::subject_kind;
pub(crate) use sheets::EXPORTS;
pub(crate) use store::{WorkRow, all_work};

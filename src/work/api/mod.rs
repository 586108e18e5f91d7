//! Work in the API.

mod page;
mod subscription;
mod work_item;

pub(crate) use page::my_work;
pub use subscription::{MyWorkEvent, WorkSubscription};
pub use work_item::WorkItem;

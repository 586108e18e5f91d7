//! Work in the API.

mod page;
mod work_item;

pub(crate) use page::my_work;
pub use work_item::WorkItem;

//! Reminders in the API.

mod mutation;
mod query;
mod reminder;
mod reminder_request;

pub use mutation::ReminderMutation;
pub(crate) use query::my_reminders;
pub use query::{ReminderFilter, ReminderQuery};
pub use reminder::Reminder;
pub use reminder_request::ReminderRequest;

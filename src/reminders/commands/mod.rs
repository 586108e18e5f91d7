//! The use cases of reminders: what the coordinator does.

mod send_reminders;

pub use send_reminders::SendRemindersInput;

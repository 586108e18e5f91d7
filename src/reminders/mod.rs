//! Reminders by e-mail of what waits for somebody: planned by the day, sent once however many server processes run, and
//! kept, with what became of them.

mod api;
mod commands;
mod mail;
mod reasons;
mod rules;
mod settings;
mod sheets;
mod store;
mod worker;

pub use api::{Reminder, ReminderFilter, ReminderMutation, ReminderQuery, ReminderRequest};
pub use commands::SendRemindersInput;
pub use settings::{ReminderSettings, ReminderSettingsError, SmtpSettings, SmtpTls};
pub use worker::Reminders;

pub(crate) use api::my_reminders;
pub(crate) use sheets::EXPORTS;

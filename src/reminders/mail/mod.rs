//! The mails that reminders are sent in, and handing them to a mail server.

mod message;
mod smtp;
mod texts;

pub(super) use message::{Mail, MailError, Sender};
pub(super) use smtp::MailServer;
pub(super) use texts::{Item, Letter, Texts};

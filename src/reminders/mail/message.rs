use super::texts::on_one_line;
use crate::reminders::settings::{ReminderSettingsError, refused};
use lettre::{
    Address, Message,
    message::{
        Mailbox,
        header::{ContentType, HeaderName, HeaderValue},
    },
};
use std::time::SystemTime;
use uuid::Uuid;

/// Why a mail could not be made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum MailError {
    /// The user's e-mail address is none.
    #[error("the e-mail address is none: {0}")]
    Address(#[from] lettre::address::AddressError),
    /// The mail cannot be put together.
    #[error("the mail cannot be put together: {0}")]
    Message(#[from] lettre::error::Error),
    /// A text cannot be written.
    #[error("the text cannot be written: {0}")]
    Text(#[from] minijinja::Error),
}

/// Who mails come from.
#[derive(Clone, Debug)]
pub(crate) struct Sender(Mailbox);

/// A mail to one user.
#[derive(Clone, Debug)]
pub(crate) struct Mail {
    /// The id that all attempts to send it have in common.
    pub(crate) id: Uuid,
    /// The name of the user.
    pub(crate) name: String,
    /// Their e-mail address.
    pub(crate) email: String,
    /// The subject.
    pub(crate) subject: String,
    /// The text.
    pub(crate) body: String,
}

impl Sender {
    /// The sender with an address, as in `Internkontroll <internkontroll@example.org>`.
    ///
    /// # Errors
    /// When it is none.
    pub(crate) fn parse(from: &str) -> Result<Self, ReminderSettingsError> {
        let mailbox = from.parse();
        mailbox
            .map(Self)
            .map_err(|error| refused(format!("smtp.from is no e-mail address: \"{from}\": {error}")))
    }

    /// The mail as it is handed over. Its `Message-ID` is the same at every attempt, so that who gets it twice can tell,
    /// and it says that nobody wrote it (RFC 3834), so that no absence is answered to it.
    ///
    /// # Errors
    /// When the user's address is none.
    pub(crate) fn message(&self, mail: &Mail) -> Result<Message, MailError> {
        let address: Address = mail.email.trim().parse()?;
        let name = on_one_line(&mail.name);
        let id = format!("<reminder.{}@{}>", mail.id.simple(), self.0.email.domain());
        let automatic = HeaderName::new_from_ascii_str("Auto-Submitted");
        let unanswered = HeaderName::new_from_ascii_str("X-Auto-Response-Suppress");
        Ok(Message::builder()
            .from(self.0.clone())
            .to(Mailbox::new(Some(name), address))
            .subject(mail.subject.clone())
            .message_id(Some(id))
            .date(SystemTime::now())
            .raw_header(HeaderValue::new(automatic, "auto-generated".to_owned()))
            .raw_header(HeaderValue::new(unanswered, "All".to_owned()))
            .header(ContentType::TEXT_PLAIN)
            .body(mail.body.clone())?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(name: &str, email: &str) -> Result<String, MailError> {
        let sender = Sender::parse("Internkontroll <ik@example.org>").unwrap();
        let mail = Mail {
            id: Uuid::from_u128(1),
            name: name.to_owned(),
            email: email.to_owned(),
            subject: "Påminnelse".to_owned(),
            body: "Åtgärda\n".to_owned(),
        };
        let message = sender.message(&mail)?;
        Ok(String::from_utf8(message.formatted()).unwrap())
    }

    #[test]
    fn a_mail_says_what_it_is() {
        let text = message("Kontrollutförare", "performer@example.org").unwrap();
        for line in [
            "Message-ID: <reminder.00000000000000000000000000000001@example.org>",
            "Auto-Submitted: auto-generated",
            "Content-Type: text/plain; charset=utf-8",
        ] {
            assert!(text.contains(&format!("{line}\r\n")), "{text}");
        }
        assert!(text.is_ascii(), "any mail server takes it: {text}");
    }

    #[test]
    fn a_name_adds_no_header() {
        let text = message("A\r\nBcc: b@example.org", "a@example.org").unwrap();
        assert!(!text.contains("\nBcc:"), "{text}");
        for none in ["", "a", "a@example.org\r\nBcc: b@example.org", "a@b@c"] {
            assert!(matches!(message("A", none), Err(MailError::Address(_))), "{none}");
        }
    }
}

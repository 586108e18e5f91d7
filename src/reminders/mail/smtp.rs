use super::{Mail, MailError, Sender};
use crate::reminders::{
    reasons::{PLAIN_ADDRESSES, SERVER_TOO_SLOW, UNANSWERED_IN_TIME, kept, unanswered},
    rules::Delivery,
    settings::{ReminderSettingsError, SmtpSettings, SmtpTls, refused},
};
use lettre::{
    Message,
    transport::smtp::{
        Error,
        authentication::{Credentials, DEFAULT_MECHANISMS},
        client::{AsyncSmtpConnection, TlsParameters},
        commands::{Data, Mail as MailFrom, Rcpt},
        extension::{ClientId, Extension, MailParameter},
    },
};
use std::{fmt, time::Duration};
use tokio::time::{Instant, timeout_at};

/// The mail server that takes the mails.
///
/// The conversation is led here step by step, since how it ends has to be known exactly: before the mail is sent whole
/// it has certainly not been taken, after an answer it certainly has or has not, and only in between is it unknown.
#[derive(Clone)]
pub(crate) struct MailServer {
    host: String,
    port: u16,
    tls: SmtpTls,
    parameters: Option<TlsParameters>,
    credentials: Option<Credentials>,
    sender: Sender,
    timeout: Duration,
}

impl fmt::Debug for MailServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MailServer({}:{})", self.host, self.port)
    }
}

/// How far it came before it failed.
enum Failure {
    /// The server does not talk to this installation, or not at the moment.
    Server(String),
    /// It does not take mail to this user, for good or for now.
    Recipient(Error),
    /// It took too long.
    Late,
}

impl MailServer {
    /// The server of some settings.
    ///
    /// # Errors
    /// When they cannot be used.
    pub(crate) fn new(settings: &SmtpSettings) -> Result<Self, ReminderSettingsError> {
        settings.check_protection()?;
        let credentials = match (&settings.username, settings.password()?) {
            (Some(username), Some(password)) => Some(Credentials::new(username.clone(), password)),
            (Some(_), None) => {
                return Err(refused(
                    "smtp.username needs a password: in the environment variable SAMSYN_SMTP_PASSWORD, or in the file \
                     smtp.password_file",
                ));
            }
            (None, _) => None,
        };
        let parameters = match settings.tls {
            SmtpTls::None => None,
            SmtpTls::Starttls | SmtpTls::Tls => Some(
                TlsParameters::new(settings.host.clone())
                    .map_err(|error| ReminderSettingsError::Tls(error.to_string()))?,
            ),
        };
        Ok(Self {
            host: settings.host.clone(),
            port: settings.port(),
            tls: settings.tls,
            parameters,
            credentials,
            sender: Sender::parse(&settings.from)?,
            timeout: settings.timeout(),
        })
    }

    /// How long handing over one mail may take.
    pub(crate) fn timeout(&self) -> Duration {
        self.timeout
    }

    /// The mail as it is handed over.
    ///
    /// # Errors
    /// When the user's address is none.
    pub(crate) fn message(&self, mail: &Mail) -> Result<Message, MailError> {
        self.sender.message(mail)
    }

    /// Hands a mail over.
    pub(crate) async fn hand_over(&self, message: &Message) -> Delivery {
        let end = Instant::now() + self.timeout;
        let offered = timeout_at(end, self.offer(message)).await.unwrap_or(Err(Failure::Late));
        let mut connection = match offered {
            Ok(connection) => connection,
            Err(failure) => return failure.delivery(),
        };
        let delivery = match timeout_at(end, connection.message(&message.formatted())).await {
            Ok(Ok(_)) => Delivery::Accepted,
            Ok(Err(error)) if error.is_permanent() => Delivery::Refused(error.to_string()),
            Ok(Err(error)) if error.is_transient() => Delivery::Later(error.to_string()),
            Ok(Err(error)) => Delivery::Unanswered(kept(&unanswered(&error.to_string()))),
            Err(_) => Delivery::Unanswered(kept(&UNANSWERED_IN_TIME)),
        };
        // Whether the server also says goodbye changes nothing.
        drop(timeout_at(end, connection.quit()).await);
        delivery
    }

    /// Leads the conversation to where the server waits for the mail itself.
    async fn offer(&self, message: &Message) -> Result<AsyncSmtpConnection, Failure> {
        let mut connection = self.connect().await.map_err(Failure::server)?;
        let envelope = message.envelope();
        let mut options = Vec::new();
        let mut addresses = envelope.to().iter().chain(envelope.from());
        if addresses.any(|address| !AsRef::<str>::as_ref(address).is_ascii()) {
            if !connection.server_info().supports_feature(Extension::SmtpUtfEight) {
                return Err(Failure::Server(kept(&PLAIN_ADDRESSES)));
            }
            options.push(MailParameter::SmtpUtfEight);
        }
        let from = MailFrom::new(envelope.from().cloned(), options);
        connection.command(from).await.map_err(Failure::server)?;
        for address in envelope.to() {
            let to = Rcpt::new(address.clone(), Vec::new());
            connection.command(to).await.map_err(Failure::recipient)?;
        }
        connection.command(Data).await.map_err(Failure::recipient)?;
        Ok(connection)
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, Error> {
        let hello = ClientId::default();
        let at_once = self.parameters.clone().filter(|_| self.tls == SmtpTls::Tls);
        let server = (self.host.as_str(), self.port);
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(server, Some(self.timeout), &hello, at_once, None).await?;
        if self.tls == SmtpTls::Starttls
            && let Some(parameters) = self.parameters.clone()
        {
            connection.starttls(parameters, &hello).await?;
        }
        if let Some(credentials) = &self.credentials {
            connection.auth(DEFAULT_MECHANISMS, credentials).await?;
        }
        Ok(connection)
    }
}

impl Failure {
    fn server(error: Error) -> Self {
        Self::Server(error.to_string())
    }

    fn recipient(error: Error) -> Self {
        if error.status().is_some() {
            Self::Recipient(error)
        } else {
            Self::server(error)
        }
    }

    fn delivery(self) -> Delivery {
        match self {
            Self::Server(reason) => Delivery::Unreachable(reason),
            Self::Recipient(error) if error.is_permanent() => Delivery::Refused(error.to_string()),
            Self::Recipient(error) => Delivery::Later(error.to_string()),
            Self::Late => Delivery::Unreachable(kept(&SERVER_TOO_SLOW)),
        }
    }
}

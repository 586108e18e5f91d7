use chrono::NaiveTime;
use entity::Language;
use serde::{Deserialize, Serialize};
use std::{
    fs, io,
    net::IpAddr,
    num::{NonZeroU16, NonZeroU32},
    path::PathBuf,
    time::Duration,
};

/// The environment variable with the password for the mail server.
const PASSWORD: &str = "SAMSYN_SMTP_PASSWORD";

/// The most days before or after a due date that somebody is reminded.
const MOST_DAYS: u16 = 366;

/// When and how it is reminded of what waits: `[reminders]` in the file of settings.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReminderSettings {
    /// Whether this server process plans and sends reminders, where it has a mail server.
    pub enabled: bool,
    /// How many days before something is due it is reminded of; 0 is the day itself.
    pub days_before: Vec<u16>,
    /// How many days after.
    pub days_after: Vec<NonZeroU16>,
    /// The time of the Swedish day from which that day's reminders are sent.
    pub time_of_day: NaiveTime,
    /// The language of those who chose none.
    pub language: Language,
    /// The portal's address. `{id}` in it stands for the global id of what is to be done something to; without that, it is
    /// the same address for everything.
    pub portal_url: Option<String>,
    /// How many seconds lie between two looks for what is to be sent.
    pub round_seconds: NonZeroU32,
    /// How many seconds after the first attempt that failed the second is made; each further one waits twice as long, six
    /// hours at most.
    pub retry_seconds: NonZeroU32,
    /// After how many attempts that failed it is given up.
    pub attempts: NonZeroU16,
}

impl Default for ReminderSettings {
    fn default() -> Self {
        let number = |number| NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN);
        Self {
            enabled: true,
            days_before: vec![14, 3],
            days_after: [1, 14].into_iter().filter_map(NonZeroU16::new).collect(),
            time_of_day: NaiveTime::from_hms_opt(7, 0, 0).unwrap_or_default(),
            language: Language::Sv,
            portal_url: None,
            round_seconds: number(60),
            retry_seconds: number(60),
            attempts: NonZeroU16::new(24).unwrap_or(NonZeroU16::MIN),
        }
    }
}

/// How the connection to the mail server is protected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SmtpTls {
    /// Not at all: for a mail server on this machine.
    None,
    /// By STARTTLS, without which nothing is sent.
    #[default]
    Starttls,
    /// By TLS from the first byte.
    Tls,
}

/// The mail server that reminders are handed to: `[smtp]` in the file of settings. Its password is in the environment
/// variable `SAMSYN_SMTP_PASSWORD`, or in a file of its own.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmtpSettings {
    /// Its host name.
    pub host: String,
    /// Its port; when nothing is said, 587 with STARTTLS, 465 with TLS, and 25 without.
    #[serde(default)]
    pub port: Option<u16>,
    /// How the connection is protected.
    #[serde(default)]
    pub tls: SmtpTls,
    /// Whether it may be without protection also to another machine. A password is never sent so.
    #[serde(default)]
    pub allow_unprotected: bool,
    /// The name to sign in with; none where the server takes mail without.
    #[serde(default)]
    pub username: Option<String>,
    /// The file with the password.
    #[serde(default)]
    pub password_file: Option<PathBuf>,
    /// The address that reminders come from, as in `Internkontroll <internkontroll@example.org>`.
    pub from: String,
    /// How many seconds handing over one mail may take.
    #[serde(default = "default_timeout")]
    pub timeout_seconds: NonZeroU16,
}

fn default_timeout() -> NonZeroU16 {
    NonZeroU16::new(60).unwrap_or(NonZeroU16::MIN)
}

/// Why the settings of reminders cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ReminderSettingsError {
    /// A value is not acceptable.
    #[error("{0}")]
    Value(String),
    /// The password cannot be read.
    #[error("the password for the mail server cannot be read from {file}: {reason}")]
    Password {
        /// The file.
        file: String,
        /// Why.
        reason: io::Error,
    },
    /// TLS cannot be set up.
    #[error("TLS cannot be set up for the mail server: {0}")]
    Tls(String),
}

impl ReminderSettings {
    /// That they can be used.
    ///
    /// # Errors
    /// When a number of days is out of range, or the portal's address is none.
    pub fn check(&self) -> Result<(), ReminderSettingsError> {
        let days = self.days_before.iter().copied();
        let days = days.chain(self.days_after.iter().map(|days| days.get()));
        if let Some(days) = days.into_iter().find(|days| *days > MOST_DAYS) {
            return Err(refused(format!(
                "reminders.days_before and days_after have at most {MOST_DAYS} days, not {days}"
            )));
        }
        if let Some(url) = &self.portal_url {
            let parsed = url.replace("{id}", "id").parse::<reqwest::Url>();
            if !parsed.is_ok_and(|url| matches!(url.scheme(), "http" | "https")) {
                return Err(refused(format!("reminders.portal_url is no address: \"{url}\"")));
            }
        }
        Ok(())
    }
}

impl SmtpSettings {
    /// The port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port.unwrap_or(match self.tls {
            SmtpTls::None => 25,
            SmtpTls::Starttls => 587,
            SmtpTls::Tls => 465,
        })
    }

    /// How long handing over one mail may take.
    #[must_use]
    pub fn timeout(&self) -> Duration {
        Duration::from_secs(self.timeout_seconds.get().into())
    }

    /// That an unprotected connection stays on this machine, or is wanted all the same.
    pub(super) fn check_protection(&self) -> Result<(), ReminderSettingsError> {
        if self.tls != SmtpTls::None || self.is_here() {
            return Ok(());
        }
        if self.username.is_some() {
            return Err(refused(
                "a password is not sent to another machine without TLS: say smtp.tls = \"starttls\" or \"tls\"",
            ));
        }
        if !self.allow_unprotected {
            return Err(refused(
                "mail is not sent to another machine without TLS: say smtp.tls = \"starttls\" or \"tls\", or \
                 smtp.allow_unprotected = true",
            ));
        }
        Ok(())
    }

    fn is_here(&self) -> bool {
        let address = self.host.parse::<IpAddr>();
        self.host == "localhost" || address.is_ok_and(|address| address.is_loopback())
    }

    /// The password: the environment's before the file's.
    pub(super) fn password(&self) -> Result<Option<String>, ReminderSettingsError> {
        if let Ok(password) = std::env::var(PASSWORD) {
            return Ok(Some(password));
        }
        let Some(file) = &self.password_file else {
            return Ok(None);
        };
        let text = fs::read_to_string(file).map_err(|reason| ReminderSettingsError::Password {
            file: file.display().to_string(),
            reason,
        })?;
        Ok(Some(text.trim_end_matches(['\r', '\n']).to_owned()))
    }
}

pub(super) fn refused(message: impl Into<String>) -> ReminderSettingsError {
    ReminderSettingsError::Value(message.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn smtp(more: serde_json::Value) -> SmtpSettings {
        let mut settings = json!({ "host": "mail.example.org", "from": "ik@example.org" });
        if let (Some(settings), Some(more)) = (settings.as_object_mut(), more.as_object()) {
            settings.extend(more.clone());
        }
        serde_json::from_value(settings).unwrap()
    }

    #[test]
    fn an_unprotected_connection_stays_here_unless_it_is_wanted() {
        assert!(smtp(json!({})).check_protection().is_ok());
        assert!(smtp(json!({ "tls": "none", "host": "::1" })).check_protection().is_ok());
        assert!(smtp(json!({ "tls": "none" })).check_protection().is_err());
        let wanted = json!({ "tls": "none", "allow_unprotected": true });
        assert!(smtp(wanted).check_protection().is_ok());
        let password = json!({ "tls": "none", "allow_unprotected": true, "username": "ik" });
        assert!(smtp(password).check_protection().is_err());
    }

    #[test]
    fn the_port_goes_by_the_protection() {
        assert_eq!(smtp(json!({})).port(), 587);
        assert_eq!(smtp(json!({ "tls": "tls" })).port(), 465);
        assert_eq!(smtp(json!({ "tls": "none", "port": 2525 })).port(), 2525);
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        let wrong = |change: fn(&mut ReminderSettings)| {
            let mut settings = ReminderSettings::default();
            change(&mut settings);
            settings.check().is_err()
        };
        assert!(ReminderSettings::default().check().is_ok());
        assert!(wrong(|settings| settings.days_before.push(367)));
        assert!(wrong(|settings| settings.portal_url = Some("portal".to_owned())));
        assert!(wrong(|settings| settings.portal_url = Some("ftp://portal".to_owned())));
        assert!(!wrong(
            |settings| settings.portal_url = Some("https://p.example/{id}".to_owned())
        ));
    }
}

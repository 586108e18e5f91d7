use super::CliError;
use crate::{
    access::{BearerTokens, Gate, IssuerSettings, Issuers, LocalTokens, Policy},
    attachments::{AttachmentSettings, Objects},
    audit::AuditKey,
    clock::Clock,
    database::Database,
    live::LiveLimits,
    reminders::{ReminderSettings, Reminders, SmtpSettings},
    server::{DEFAULT_BUDGET, DEFAULT_RESTORED, graphql_endpoint::DocumentSettings},
};
use clap::Args;
use figment::{
    Figment,
    providers::{Format, Serialized, Toml},
};
use serde::{Deserialize, Serialize};
use std::{net::SocketAddr, num::NonZeroU32, path::PathBuf};

/// The file that settings are read from when it is there and no other is named.
const DEFAULT_FILE: &str = "samsyn.toml";

/// The file in the data folder with the key that signs the audit log, when no other is named.
const AUDIT_KEY_FILE: &str = "audit.key";

/// Settings as flags or environment variables; a flag goes before the variable, both before the file.
#[derive(Clone, Debug, Default, Args, Serialize)]
pub(super) struct Given {
    /// The file with settings [default: samsyn.toml, if it is there].
    #[arg(
        long,
        global = true,
        env = "SAMSYN_CONFIG",
        hide_env_values = true,
        value_name = "FILE"
    )]
    #[serde(skip)]
    config: Option<PathBuf>,
    /// The database: sqlite://PATH or postgres://... [default: a file in the data folder].
    #[arg(
        long,
        global = true,
        env = "SAMSYN_DATABASE_URL",
        hide_env_values = true,
        value_name = "URL"
    )]
    #[serde(skip_serializing_if = "Option::is_none")]
    database_url: Option<String>,
    /// The folder of the database file and of the key of local tokens [default: data].
    #[arg(
        long,
        global = true,
        env = "SAMSYN_DATA_DIR",
        hide_env_values = true,
        value_name = "FOLDER"
    )]
    #[serde(skip_serializing_if = "Option::is_none")]
    data_dir: Option<PathBuf>,
    /// The file with the key that signs the audit log [default: audit.key in the data folder].
    #[arg(
        long,
        global = true,
        env = "SAMSYN_AUDIT_KEY",
        hide_env_values = true,
        value_name = "FILE"
    )]
    #[serde(skip_serializing_if = "Option::is_none")]
    audit_key: Option<PathBuf>,
    /// The address to serve on [default: 127.0.0.1:8080].
    #[arg(
        long,
        global = true,
        env = "SAMSYN_LISTEN",
        hide_env_values = true,
        value_name = "ADDRESS:PORT"
    )]
    #[serde(skip_serializing_if = "Option::is_none")]
    listen: Option<SocketAddr>,
    /// Fix the domain's day: a date or a moment [default: the real time].
    #[arg(
        long,
        global = true,
        env = "SAMSYN_CLOCK",
        hide_env_values = true,
        value_name = "DATE"
    )]
    #[serde(skip_serializing_if = "Option::is_none")]
    clock: Option<String>,
    /// The code of the municipality whose published reports are read without a token [default: none].
    #[arg(
        long,
        global = true,
        env = "SAMSYN_PUBLIC_MUNICIPALITY",
        hide_env_values = true,
        value_name = "CODE"
    )]
    #[serde(skip_serializing_if = "Option::is_none")]
    public_municipality: Option<String>,
    /// Whether tokens of this installation's own are taken [default: only where no provider is configured].
    #[arg(
        long,
        global = true,
        env = "SAMSYN_LOCAL_TOKENS",
        hide_env_values = true,
        value_name = "BOOL"
    )]
    #[serde(skip_serializing_if = "Option::is_none")]
    local_tokens: Option<bool>,
    /// Serve local tokens on other addresses than loopback ones too.
    #[arg(
        long,
        global = true,
        env = "SAMSYN_ALLOW_REMOTE_LOCAL_TOKENS",
        hide_env_values = true
    )]
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    allow_remote_local_tokens: bool,
    /// Points of complexity in the budget of each client [default: 400000].
    #[arg(
        long,
        global = true,
        env = "SAMSYN_COST_BUDGET",
        hide_env_values = true,
        value_name = "POINTS"
    )]
    #[serde(skip_serializing_if = "Option::is_none")]
    cost_budget: Option<NonZeroU32>,
    /// How many of them are restored every second [default: 4000].
    #[arg(
        long,
        global = true,
        env = "SAMSYN_COST_RESTORED_PER_SECOND",
        hide_env_values = true,
        value_name = "POINTS"
    )]
    #[serde(skip_serializing_if = "Option::is_none")]
    cost_restored_per_second: Option<NonZeroU32>,
    /// Describe the schema, and suggest fields, to signed-in users alone.
    #[arg(long, global = true, env = "SAMSYN_HIDE_SCHEMA_FROM_PUBLIC", hide_env_values = true)]
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    hide_schema_from_public: bool,
    /// What to log, as in `info,samsyn=debug` [default: info,sea_orm_migration=warn].
    #[arg(
        long,
        global = true,
        env = "SAMSYN_LOG",
        hide_env_values = true,
        value_name = "FILTER"
    )]
    #[serde(skip_serializing_if = "Option::is_none")]
    log: Option<String>,
    /// Log in JSON lines.
    #[arg(long, global = true, env = "SAMSYN_LOG_JSON", hide_env_values = true)]
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    log_json: bool,
}

/// The settings that the program runs with.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The database's address, when it is not the file in the data folder.
    pub database_url: Option<String>,
    /// The folder of the database file and of the key of local tokens.
    pub data_dir: PathBuf,
    /// The file with the key that signs the audit log, when it is not the one in the data folder.
    pub audit_key: Option<PathBuf>,
    /// The address to serve on.
    pub listen: SocketAddr,
    /// The domain's day, when it is fixed.
    pub clock: Option<String>,
    /// The municipality that the public reads.
    pub public_municipality: Option<String>,
    /// Whether tokens of this installation's own are taken; when nothing is said, where no provider is configured.
    pub local_tokens: Option<bool>,
    /// Whether local tokens are served on other addresses than loopback ones.
    pub allow_remote_local_tokens: bool,
    /// Points of complexity in the budget of each client.
    pub cost_budget: NonZeroU32,
    /// How many of them are restored every second.
    pub cost_restored_per_second: NonZeroU32,
    /// Whether the schema is described, and fields are suggested, to signed-in users alone.
    pub hide_schema_from_public: bool,
    /// The origins of pages that may use the API, beside the server's own; in the file only.
    pub allowed_origins: Vec<String>,
    /// Which documents are trusted, and whether others are answered; in the file only.
    pub documents: DocumentSettings,
    /// How many subscriptions are held open; in the file only.
    pub subscriptions: LiveLimits,
    /// The OpenID Connect providers whose tokens are taken; in the file only.
    pub issuers: Vec<IssuerSettings>,
    /// The mail server that reminders are handed to; in the file only. Without one nothing is planned or sent.
    pub smtp: Option<SmtpSettings>,
    /// When and how it is reminded of what waits; in the file only.
    pub reminders: ReminderSettings,
    /// Where files are kept, and how large they may be; in the file only.
    pub attachments: AttachmentSettings,
    /// What is logged.
    pub log: String,
    /// Whether the log is in JSON.
    pub log_json: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            database_url: None,
            data_dir: PathBuf::from("data"),
            audit_key: None,
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            clock: None,
            public_municipality: None,
            local_tokens: None,
            allow_remote_local_tokens: false,
            cost_budget: DEFAULT_BUDGET,
            cost_restored_per_second: DEFAULT_RESTORED,
            hide_schema_from_public: false,
            allowed_origins: Vec::new(),
            documents: DocumentSettings::default(),
            subscriptions: LiveLimits::default(),
            issuers: Vec::new(),
            smtp: None,
            reminders: ReminderSettings::default(),
            attachments: AttachmentSettings::default(),
            log: "info,sea_orm_migration=warn".to_owned(),
            log_json: false,
        }
    }
}

impl Given {
    /// What is given, the file and the defaults, in this order of weight.
    pub(super) fn settle(&self) -> Result<Settings, CliError> {
        let file = match &self.config {
            // A file that was named has to be there.
            Some(file) => Toml::file_exact(file),
            None => Toml::file(DEFAULT_FILE),
        };
        Figment::from(Serialized::defaults(Settings::default()))
            .merge(file)
            .merge(Serialized::defaults(self))
            .extract()
            .map_err(|error| CliError::Settings(error.to_string()))
    }
}

impl Settings {
    /// The database's address.
    #[must_use]
    pub fn database_url(&self) -> String {
        self.database_url
            .clone()
            .unwrap_or_else(|| format!("sqlite://{}", self.data_dir.join("samsyn.db").display()))
    }

    /// The way into a database, under the policy that the program ships with.
    ///
    /// # Errors
    /// When the clock's setting or the key of the audit log cannot be used.
    pub async fn gate(&self, database: Database) -> Result<Gate, CliError> {
        Ok(Gate::new(
            database,
            Policy::shipped().await?,
            self.clock()?,
            self.audit_key()?,
        ))
    }

    /// The key that signs the audit log, made at the first call.
    ///
    /// # Errors
    /// When its file cannot be read or written.
    pub fn audit_key(&self) -> Result<AuditKey, CliError> {
        Ok(AuditKey::in_file(&self.audit_key_file())?)
    }

    /// The key that signs the audit log, which has to be there: a key made now would verify nothing.
    ///
    /// # Errors
    /// When there is none, or its file cannot be read.
    pub fn existing_audit_key(&self) -> Result<AuditKey, CliError> {
        Ok(AuditKey::in_existing_file(&self.audit_key_file())?)
    }

    fn audit_key_file(&self) -> PathBuf {
        self.audit_key
            .clone()
            .unwrap_or_else(|| self.data_dir.join(AUDIT_KEY_FILE))
    }

    /// Whether tokens of this installation's own are taken.
    #[must_use]
    pub fn takes_local_tokens(&self) -> bool {
        self.local_tokens.unwrap_or(self.issuers.is_empty())
    }

    /// The tokens that are taken. The key of local ones is made at the first call, where they are.
    ///
    /// # Errors
    /// When what is said of the providers, or the key of local tokens, cannot be used.
    pub fn bearer_tokens(&self) -> Result<BearerTokens, CliError> {
        let tokens = BearerTokens::of_issuers(Issuers::new(self.issuers.clone())?);
        Ok(match self.takes_local_tokens() {
            true => tokens.with_local(LocalTokens::of(&self.data_dir)?),
            false => tokens,
        })
    }

    /// What plans and sends reminders; `None` where there is no mail server, or another process does it.
    ///
    /// # Errors
    /// When what is said of them or of the mail server cannot be used.
    pub fn reminders(&self) -> Result<Option<Reminders>, CliError> {
        self.reminders.check()?;
        let smtp = self.smtp.as_ref().filter(|_| self.reminders.enabled);
        Ok(smtp
            .map(|smtp| Reminders::new(self.reminders.clone(), smtp))
            .transpose()?)
    }

    /// The file store. Its folder is made at the first call, where it is one.
    ///
    /// # Errors
    /// When what is said of it cannot be used.
    pub fn objects(&self) -> Result<Objects, CliError> {
        Ok(Objects::open(&self.attachments, &self.data_dir)?)
    }

    /// The domain's clock.
    ///
    /// # Errors
    /// When the setting is neither a date nor a moment.
    pub fn clock(&self) -> Result<Clock, CliError> {
        Ok(match &self.clock {
            Some(text) => Clock::parse(text).map_err(CliError::Clock)?,
            None => Clock::default(),
        })
    }
}

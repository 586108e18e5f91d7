use crate::{
    access::{IssuerError, PolicyError, TokenError},
    administration::LinkError,
    attachments::{ObjectsError, SweepError},
    audit::{AuditKeyError, EraseError, ExportError},
    clock::ClockError,
    database::{OpenError, StoreError},
    demo::DemoError,
    organisation::{CreateMunicipalityError, HostError},
    reminders::ReminderSettingsError,
};

/// Why a command failed; its text is for the operator.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// The settings are wrong.
    #[error("the settings are not usable: {0}")]
    Settings(String),
    /// The clock's setting is wrong.
    #[error("the clock cannot be set: {0}")]
    Clock(ClockError),
    /// The database cannot be opened, or has the wrong schema.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The database failed later.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The policy is not usable.
    #[error(transparent)]
    Policy(#[from] PolicyError),
    /// What is said of the OpenID Connect providers cannot be used.
    #[error("the settings are not usable: {0}")]
    Issuers(#[from] IssuerError),
    /// What is said of reminders or the mail server cannot be used.
    #[error("the settings are not usable: {0}")]
    Reminders(#[from] ReminderSettingsError),
    /// No token could be made.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// The schema cannot be compared, or breaks what was released.
    #[error("{0}")]
    Schema(String),
    /// A policy breaks what no policy can loosen.
    #[error("the policy is refused:\n{0}")]
    Invariants(String),
    /// The key of the audit log is not usable.
    #[error(transparent)]
    AuditKey(#[from] AuditKeyError),
    /// The demonstration could not be loaded.
    #[error(transparent)]
    Demo(#[from] DemoError),
    /// No municipality was created.
    #[error(transparent)]
    CreateMunicipality(#[from] CreateMunicipalityError),
    /// Nobody was linked to a provider.
    #[error(transparent)]
    Link(#[from] LinkError),
    /// The host names of a municipality stay as they are.
    #[error(transparent)]
    Host(#[from] HostError),
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {reason}; choose another with --listen or SAMSYN_LISTEN")]
    Listen {
        /// The address.
        address: String,
        /// What the operating system said.
        reason: String,
    },
    /// The server stopped on an error.
    #[error("the server failed: {0}")]
    Server(#[from] std::io::Error),
    /// The file store cannot be used.
    #[error(transparent)]
    Objects(#[from] ObjectsError),
    /// Not everything was removed that is no longer needed.
    #[error("not all files that are no longer needed were removed: {0}")]
    Sweep(#[from] SweepError),
    /// Files are not as they were uploaded.
    #[error("{wrong} files are not as they were uploaded")]
    FilesWrong {
        /// How many.
        wrong: usize,
    },
    /// A log is not as it was written.
    #[error("the audit log is broken in {broken} of {verified} municipalities")]
    AuditBroken {
        /// In how many.
        broken: usize,
        /// Of how many.
        verified: usize,
    },
    /// No payload was erased.
    #[error("nothing was erased: {0}")]
    Erase(#[from] EraseError),
    /// The log was not exported, or not whole.
    #[error("the export is not whole: {0}")]
    Export(#[from] ExportError),
    /// The command's output could not be written.
    #[error("{file} cannot be written: {reason}")]
    Output {
        /// Where.
        file: String,
        /// What the operating system said.
        reason: String,
    },
    /// Something that the command was to work on is not there.
    #[error("{0}")]
    NotFound(String),
}

use sea_orm::DbErr;

/// Why the database could not be opened or brought to the right schema; written for the operator.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The URL is of no database that Samsyn knows.
    #[error(
        "the database address \"{url}\" is not understood: use sqlite://PATH for a file or postgres://USER:PASSWORD@HOST/NAME"
    )]
    Scheme {
        /// The address as given, its password masked.
        url: String,
    },
    /// The SQLite file, or its folder, cannot be used.
    #[error("the database file {path} cannot be opened for writing: {reason}")]
    File {
        /// The file.
        path: String,
        /// What the operating system or SQLite said.
        reason: String,
    },
    /// There is no such SQLite file.
    #[error("there is no database {path} yet: make it with `samsyn migrate`")]
    Missing {
        /// The file.
        path: String,
    },
    /// PostgreSQL cannot be reached, or refuses.
    #[error("the database server at {url} cannot be used: {reason}")]
    Server {
        /// The address, its password masked.
        url: String,
        /// What the server or the network said.
        reason: String,
    },
    /// The connection's user may not act as the role that the server works as.
    #[error(
        "the server cannot work as the role samsyn_app at {url}: {reason}; let its owner run `samsyn migrate`, and an administrator `GRANT samsyn_app TO` the user of this connection"
    )]
    Role {
        /// The address, its password masked.
        url: String,
        /// What the server said.
        reason: String,
    },
    /// The role that the server works as could do what the wall is there to prevent.
    #[error(
        "the role samsyn_app may do too much at {url}: it is a superuser, has BYPASSRLS, or owns tables, so that no wall \
         between municipalities would hold; an administrator has to `ALTER ROLE samsyn_app NOSUPERUSER NOBYPASSRLS`, and \
         to give what it owns to another role"
    )]
    RoleTooStrong {
        /// The address, its password masked.
        url: String,
    },
    /// The schema has steps that this program does not know.
    #[error(
        "the database was migrated by a newer version of Samsyn (unknown steps: {steps}); run that version, or restore a backup made before it"
    )]
    Newer {
        /// The unknown steps' names.
        steps: String,
    },
    /// The schema lacks steps that this program has.
    #[error("the database is {pending} schema step(s) behind this program; run `samsyn migrate`")]
    Behind {
        /// How many.
        pending: usize,
    },
    /// A migration failed.
    #[error("the database schema could not be changed: {0}")]
    Schema(#[from] DbErr),
    /// The schema cannot be looked at.
    #[error("the database schema cannot be read: {0}")]
    Unreadable(#[from] StoreError),
}

/// Why a session failed. Its text is for the log: it never reaches a client.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database is out of reach, or all its connections stayed busy for longer than the time limit.
    #[error("the database does not answer: {0}")]
    Unavailable(String),
    /// A statement failed.
    #[error(transparent)]
    Statement(DbErr),
    /// What is stored is not what this program can read.
    #[error("stored data is not readable: {0}")]
    Content(String),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::WorkerCrashed => Self::Unavailable(error.to_string()),
            other => Self::Statement(DbErr::Query(sea_orm::RuntimeErr::SqlxError(std::sync::Arc::new(other)))),
        }
    }
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        match error {
            DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => Self::Unavailable(error.to_string()),
            other => Self::Statement(other),
        }
    }
}

use crate::{database::StoreError, organisation::CreateMunicipalityError};

/// Why the demonstration could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// A data file is malformed.
    #[error("the demonstration file {file} cannot be read: {reason}")]
    File {
        /// The file.
        file: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// The API refused a step.
    #[error("step {number} of {file}, {mutation}, was refused: {reason}")]
    Step {
        /// The file.
        file: &'static str,
        /// The step's number in the file, from 1.
        number: usize,
        /// The mutation.
        mutation: String,
        /// What the API answered.
        reason: String,
    },
    /// There is such a municipality, and it is not the demonstration's.
    #[error("municipality {code} is there already and is no demonstration: use another database for `samsyn demo`")]
    Taken {
        /// Its code.
        code: &'static str,
    },
    /// A municipality could not be created.
    #[error(transparent)]
    Municipality(#[from] CreateMunicipalityError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

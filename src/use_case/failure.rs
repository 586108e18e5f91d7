use super::Problem;
use crate::{
    access::{AccessError, Denied},
    database::StoreError,
};
use sea_orm::DbErr;

/// Why a use case did nothing.
#[derive(Debug)]
pub enum Failure {
    /// The input is wrong or cannot be carried out: everything that is wrong with it, at once.
    Problems(Vec<Problem>),
    /// There is nobody who could be held responsible: the public changes nothing.
    Unauthenticated,
    /// The database failed, or the program did.
    Store(StoreError),
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Problems(vec![problem])
    }
}

impl From<Denied> for Failure {
    fn from(denied: Denied) -> Self {
        Problem::from(denied).into()
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<DbErr> for Failure {
    fn from(error: DbErr) -> Self {
        Self::Store(error.into())
    }
}

impl From<AccessError> for Failure {
    fn from(error: AccessError) -> Self {
        match error {
            AccessError::Unknown => Self::Unauthenticated,
            AccessError::Store(error) => Self::Store(error),
        }
    }
}

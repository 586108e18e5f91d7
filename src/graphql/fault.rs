use super::{ErrorCode, RequestError, unauthenticated};
use crate::{
    access::AccessError,
    database::{PageError, StoreError},
};

/// Why a resolver has no answer.
///
/// A failure that the client may know of has a code; one without is logged and answered as `INTERNAL`.
#[derive(Clone, Debug)]
pub struct Fault(async_graphql::Error);

/// What a resolver answers.
pub type Result<T, E = Fault> = std::result::Result<T, E>;

impl Fault {
    /// A fault of the program, whose text only the log gets.
    pub fn internal(text: impl Into<String>) -> Self {
        Self(async_graphql::Error::new(text))
    }
}

impl From<Fault> for async_graphql::Error {
    fn from(fault: Fault) -> Self {
        fault.0
    }
}

impl From<RequestError> for Fault {
    fn from(error: RequestError) -> Self {
        Self(error.into())
    }
}

impl From<async_graphql::Error> for Fault {
    fn from(error: async_graphql::Error) -> Self {
        Self(error)
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable(reason) => {
                tracing::error!(reason, "the database does not answer");
                RequestError::new(ErrorCode::Unavailable, message!("request-database-unavailable")).into()
            }
            fault => Self::internal(fault.to_string()),
        }
    }
}

impl From<AccessError> for Fault {
    fn from(error: AccessError) -> Self {
        match error {
            AccessError::Unknown => unauthenticated(message!("request-user-unknown")).into(),
            AccessError::Store(error) => error.into(),
        }
    }
}

impl From<PageError> for Fault {
    fn from(error: PageError) -> Self {
        match error {
            PageError::Cursor { argument, .. } => {
                RequestError::bad_request(message!("request-bad-cursor", argument)).into()
            }
            PageError::Store(error) => error.into(),
        }
    }
}

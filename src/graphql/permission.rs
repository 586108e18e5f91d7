use async_graphql::SimpleObject;

/// Whether you may do something to a thing, as it is now. A mutation may be refused all the same for what its input says, or
/// because something has changed since.
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
pub struct Permission {
    /// The mutation, such as "reviewAssessment"; where it takes the thing to one of several states, with the state after a
    /// dot: "changeFindingStatus.RESOLVED".
    action: String,
    /// Whether you may.
    allowed: bool,
    /// Why not, as a `UserErrorCode`: what the mutation would answer. Null when you may.
    reason: Option<String>,
}

impl Permission {
    /// An action that may be done.
    pub(crate) fn given(action: String) -> Self {
        Self {
            action,
            allowed: true,
            reason: None,
        }
    }

    /// An action that may not, with the code of the problem that it would meet.
    pub(crate) fn refused(action: String, reason: &str) -> Self {
        Self {
            action,
            allowed: false,
            reason: Some(reason.to_owned()),
        }
    }
}

use super::super::store::EventFilter;
use crate::graphql::{DateTime, NodeKind, RequestError, decode};
use async_graphql::{ID, InputObject};
use uuid::Uuid;

/// Which events are wanted: those that fit everything that is given.
#[derive(Clone, Debug, Default, InputObject)]
pub struct AuditEventFilter {
    /// Only what this user did.
    pub actor_id: Option<ID>,
    /// Only these actions, such as `finding.changed`; left out or empty: all.
    pub actions: Option<Vec<String>>,
    /// Only what was done to the thing with this global id.
    pub subject_id: Option<ID>,
    /// Only what happened in the request with this id.
    pub request_id: Option<String>,
    /// Only what happened at this moment or later.
    pub from: Option<DateTime>,
    /// Only what happened before this moment.
    pub to: Option<DateTime>,
}

impl TryFrom<AuditEventFilter> for EventFilter {
    type Error = RequestError;

    fn try_from(filter: AuditEventFilter) -> Result<Self, RequestError> {
        let wrong = |error: crate::graphql::IdError| RequestError::bad_request(error.message());
        let subject = filter.subject_id.map(|id| decode(&id)).transpose().map_err(wrong)?;
        Ok(Self {
            actor_id: filter
                .actor_id
                .map(|id| NodeKind::User.decode(&id))
                .transpose()
                .map_err(wrong)?,
            actions: filter.actions.unwrap_or_default(),
            subject: subject.map(|(kind, id)| (kind.table(), id)),
            request_id: filter.request_id.map(|text| request_id(&text)).transpose()?,
            from: filter.from.map(|from| from.0),
            to: filter.to.map(|to| to.0),
        })
    }
}

fn request_id(text: &str) -> Result<Uuid, RequestError> {
    Uuid::try_parse(text).map_err(|_| RequestError::bad_request(message!("request-audit-request-id")))
}

use crate::{
    database::StoreError,
    graphql::{Caller, DateTime, Fault, Result, Row},
    row_object,
    secrecy::{
        rules::{CARRIES_ON, Subject},
        store::events_by_id,
    },
};
use async_graphql::{Context, ID, Object};
use entity::secrecy_event;

/// A secrecy mark being set or lifted. Events are only ever added.
#[derive(Clone)]
pub struct SecrecyEvent(Row<secrecy_event::Model>);

row_object!(SecrecyEvent(secrecy_event::Model), load: events_by_id);

impl SecrecyEvent {
    fn subject(&self) -> Option<Subject> {
        let row = &self.0;
        row.finding_id
            .map(Subject::Finding)
            .or_else(|| row.control_check_id.map(Subject::Check))
            .or_else(|| row.review_id.map(Subject::Review))
            .or_else(|| row.corrective_action_id.map(Subject::CorrectiveAction))
            .or_else(|| row.assessment_id.map(Subject::Assessment))
            .or_else(|| row.document_id.map(Subject::Document))
    }
}

/// A secrecy mark being set or lifted. Events are only ever added.
#[Object]
impl SecrecyEvent {
    /// The global id of what is marked: read it with `node`.
    async fn subject_id(&self) -> Result<ID> {
        let subject = self
            .subject()
            .ok_or_else(|| Fault::from(StoreError::Content("a secrecy event has no subject".to_owned())))?;
        let (kind, id) = subject.parts();
        Ok(kind.encode(id))
    }

    /// True when the mark was set, false when it was lifted.
    async fn marked(&self) -> bool {
        self.0.marked
    }

    /// The provision, such as "OSL 18 kap. 8 §".
    async fn ground(&self) -> &str {
        &self.0.ground
    }

    /// Why.
    async fn reason(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let language = Caller::of(ctx)?.language();
        let told = |reason: &String| CARRIES_ON.retold(reason, language).unwrap_or_else(|| reason.clone());
        Ok(self.0.reason.as_ref().map(told))
    }

    /// When.
    async fn occurred_at(&self) -> DateTime {
        DateTime(self.0.occurred_at)
    }
}

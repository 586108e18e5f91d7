use super::{Decision, Recipient};
use crate::{
    decisions::store::{DecisionOfDispatch, DispatchRow, dispatches_by_id},
    graphql::{DateTime, NodeKind, Result, Row},
    row_object,
};
use async_graphql::{ID, Object};
use entity::DispatchStatus;

/// The delivery of a decision to one recipient (expediering).
#[derive(Clone)]
pub struct Dispatch(Row<DispatchRow>);

row_object!(Dispatch(DispatchRow), load: dispatches_by_id);

/// The delivery of a decision to one recipient (expediering).
#[Object]
impl Dispatch {
    /// Its global id.
    pub(crate) async fn id(&self) -> ID {
        NodeKind::Dispatch.encode(self.0.dispatch.id)
    }

    /// The decision that is sent.
    async fn decision(&self) -> Result<Decision> {
        Ok(self.0.must(DecisionOfDispatch).await?.into())
    }

    /// Who it is sent to.
    async fn recipient(&self) -> Recipient {
        Recipient::from(&self.0.recipient)
    }

    /// How far it has come.
    async fn status(&self) -> DispatchStatus {
        self.0.dispatch.status
    }

    /// When that last changed.
    async fn changed_at(&self) -> DateTime {
        DateTime(self.0.dispatch.changed_at)
    }

    /// What was said with it, such as why it failed.
    async fn note(&self) -> Option<&String> {
        self.0.dispatch.note.as_ref()
    }

    /// The number that the recipient registered it under.
    async fn registration_number(&self) -> Option<&String> {
        self.0.dispatch.registration_number.as_ref()
    }

    /// Counts its changes: what `expectedVersion` is compared with.
    async fn version(&self) -> i32 {
        self.0.dispatch.version
    }
}

use super::correction::subject;
use crate::{
    access::{Permit, Place, Right},
    decisions::{
        rules::{may_be_sent_anew, refuse_dispatch_step, refuse_sending_corrected},
        store::{self, DecisionRow},
    },
    graphql::NodeKind,
    use_case::{
        Check, Failure, LONG_TEXT, NAME_TEXT, Problem, Transaction, UseCase, cleared_or_changed, expect_version,
    },
};
use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{DispatchStatus, dispatch};
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use uuid::Uuid;

/// A decision to be sent to all its recipients. Whom it is or may be on its way to already is left out, and so is who only
/// files it.
#[derive(Clone, Debug, InputObject)]
pub struct QueueDispatchesInput {
    /// The decision.
    pub id: ID,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for QueueDispatchesInput {
    const NAME: &'static str = "queueDispatches";
    type Subject = DecisionRow;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, DecisionRow), Failure> {
        let row = subject(tx, &self.id).await?;
        Ok((tx.permit(Right::DispatchWrite, Place::Municipality)?, row))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, row: DecisionRow) -> Result<Uuid, Failure> {
        let mut check = Check::new();
        check.require(!row.corrected, || {
            Problem::invalid("id", message!("decisions-send-correction"))
        });
        check.finish()?;
        let ids = row.recipients.iter().map(|recipient| recipient.id).collect();
        let latest = store::latest_statuses(tx.reader(), ids).await?;
        let mut queued = 0;
        for recipient in row.recipients.iter().filter(|recipient| !recipient.filing_only) {
            if !may_be_sent_anew(latest.get(&recipient.id).copied()) {
                continue;
            }
            let new = dispatch::ActiveModel {
                municipality_id: Set(permit.municipality_id()),
                id: Set(Uuid::now_v7()),
                recipient_id: Set(recipient.id),
                status: Set(DispatchStatus::Queued),
                note: Set(None),
                registration_number: Set(None),
                changed_at: Set(tx.now()),
                version: Set(1),
                created_at: Set(tx.now()),
            };
            tx.insert(&permit, new).await?;
            queued += 1;
        }
        if queued == 0 {
            return Err(Problem::invalid("id", message!("decisions-nobody-to-send-to")).into());
        }
        Ok(row.decision.id)
    }
}

/// What became of a dispatch.
#[derive(Clone, Debug, InputObject)]
pub struct ChangeDispatchStatusInput {
    /// The dispatch.
    pub id: ID,
    /// The version that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// The state that it goes to.
    pub to: DispatchStatus,
    /// What is to be said with it, such as why it failed; null for nothing.
    pub note: MaybeUndefined<String>,
    /// The number that the recipient registered it under; null for none.
    pub registration_number: MaybeUndefined<String>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for ChangeDispatchStatusInput {
    const NAME: &'static str = "changeDispatchStatus";
    type Subject = (dispatch::Model, DecisionRow);

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, Self::Subject), Failure> {
        let id = NodeKind::Dispatch
            .decode(&self.id)
            .map_err(|error| Problem::invalid("id", error.message()))?;
        let found = store::dispatch_with_decision(tx.reader(), id).await?;
        let (row, decision) = found.ok_or_else(|| Problem::not_found("id", NodeKind::Dispatch))?;
        let permit = tx.permit(Right::DispatchWrite, Place::Municipality)?;
        Ok((permit, (row.dispatch, decision)))
    }

    async fn perform(
        self,
        tx: &mut Transaction,
        permit: Permit,
        (row, decision): Self::Subject,
    ) -> Result<Uuid, Failure> {
        expect_version(&row, self.expected_version)?;
        refuse_dispatch_step(row.status, self.to)?;
        refuse_sending_corrected(decision.corrected, self.to)?;
        let mut check = Check::new();
        check.optional_text_change("note", &self.note, LONG_TEXT);
        check.optional_text_change("registrationNumber", &self.registration_number, NAME_TEXT);
        let explains = matches!(
            self.to,
            DispatchStatus::Failed | DispatchStatus::Rejected | DispatchStatus::Unknown
        );
        check.require(!explains || self.note.value().is_some(), || {
            Problem::invalid("note", message!("decisions-say-what-happened"))
        });
        check.finish()?;
        let mut change = row.clone().into_active_model();
        change.status = Set(self.to);
        change.note = cleared_or_changed(self.note);
        change.registration_number = cleared_or_changed(self.registration_number);
        change.changed_at = Set(tx.now());
        Ok(tx.update(&permit, row, change).await?.id)
    }
}

use crate::{
    access::{Permit, Place, Right},
    graphql::decode,
    secrecy::{
        rules::{Subject, lifted_ground, refuse_same_mark},
        store::{Marked, visible_subject},
    },
    use_case::{Check, Failure, LONG_TEXT, Problem, SHORT_TEXT, Transaction, UseCase},
};
use async_graphql::{ID, InputObject};
use entity::secrecy_event;
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use uuid::Uuid;

/// Marks something as confidential.
#[derive(Clone, Debug, InputObject)]
pub struct SetSecrecyMarkInput {
    /// What is confidential: an Assessment, Check, CorrectiveAction, Document, Finding or Review.
    pub subject_id: ID,
    /// The provision that it is confidential under, such as "OSL 18 kap. 8 §". Replaces another ground.
    pub ground: String,
    /// Why, for the municipality's own record.
    pub reason: Option<String>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for SetSecrecyMarkInput {
    const NAME: &'static str = "setSecrecyMark";
    type Subject = Marked;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, Marked), Failure> {
        let subject = subject(tx, &self.subject_id).await?;
        Ok((tx.permit(Right::SecrecyMarkWrite, Place::Municipality)?, subject))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, subject: Marked) -> Result<Uuid, Failure> {
        let mut check = Check::new();
        check.text("ground", &self.ground, SHORT_TEXT);
        check.optional_text("reason", self.reason.as_ref(), LONG_TEXT);
        check.finish()?;
        refuse_same_mark(subject.ground(), &self.ground)?;
        let event = Event {
            marked: true,
            ground: self.ground,
            reason: self.reason,
        };
        event.record(tx, &permit, subject).await
    }
}

/// Lifts a secrecy mark.
#[derive(Clone, Debug, InputObject)]
pub struct LiftSecrecyMarkInput {
    /// What is no longer confidential.
    pub subject_id: ID,
    /// Why.
    pub reason: String,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for LiftSecrecyMarkInput {
    const NAME: &'static str = "liftSecrecyMark";
    type Subject = Marked;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, Marked), Failure> {
        let subject = subject(tx, &self.subject_id).await?;
        Ok((tx.permit(Right::SecrecyMarkWrite, Place::Municipality)?, subject))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, subject: Marked) -> Result<Uuid, Failure> {
        let mut check = Check::new();
        check.text("reason", &self.reason, LONG_TEXT);
        check.finish()?;
        let event = Event {
            marked: false,
            ground: lifted_ground(subject.ground().cloned())?,
            reason: Some(self.reason),
        };
        event.record(tx, &permit, subject).await
    }
}

/// What the input is about, as the actor can see it.
async fn subject(tx: &Transaction, id: &ID) -> Result<Marked, Failure> {
    let (kind, id) = decode(id).map_err(|error| Problem::invalid("subjectId", error.message()))?;
    let found = visible_subject(tx.reader(), Subject::of(kind, id)?).await?;
    Ok(found.ok_or_else(|| Problem::not_found("subjectId", kind))?)
}

/// A mark being set or lifted.
struct Event {
    marked: bool,
    ground: String,
    reason: Option<String>,
}

/// Changes the mark of a row, and notes the row in the event.
macro_rules! mark {
    ($tx:ident, $permit:ident, $row:ident, $ground:expr, $event:ident.$column:ident) => {{
        $event.$column = Set(Some($row.id));
        let mut change = $row.clone().into_active_model();
        change.secrecy_ground = Set($ground);
        $tx.update($permit, $row, change).await?;
    }};
}

impl Event {
    /// The row's mark and the event that tells of it, together.
    async fn record(self, tx: &mut Transaction, permit: &Permit, subject: Marked) -> Result<Uuid, Failure> {
        let ground = self.marked.then(|| self.ground.clone());
        let mut event = secrecy_event::ActiveModel {
            municipality_id: Set(permit.municipality_id()),
            id: Set(Uuid::now_v7()),
            finding_id: Set(None),
            control_check_id: Set(None),
            review_id: Set(None),
            corrective_action_id: Set(None),
            assessment_id: Set(None),
            document_id: Set(None),
            marked: Set(self.marked),
            ground: Set(self.ground),
            reason: Set(self.reason),
            recorded_by: Set(tx.user_id()),
            occurred_at: Set(tx.now()),
        };
        match subject {
            Marked::Assessment(row) => mark!(tx, permit, row, ground, event.assessment_id),
            Marked::Check(row) => mark!(tx, permit, row, ground, event.control_check_id),
            Marked::CorrectiveAction(row) => mark!(tx, permit, row, ground, event.corrective_action_id),
            Marked::Document(row) => mark!(tx, permit, row, ground, event.document_id),
            Marked::Finding(row) => mark!(tx, permit, row, ground, event.finding_id),
            Marked::Review(row) => mark!(tx, permit, row, ground, event.review_id),
        }
        Ok(tx.insert(permit, event).await?.id)
    }
}

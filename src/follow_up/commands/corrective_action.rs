use super::{
    action_origin::{ActionOrigin, Given},
    came_along::{refuse_carried_action, refuse_carried_finding},
    subject,
};
use crate::{
    access::Permit,
    follow_up::rules::{UNDONE, due_key, refuse_wrong_time_done},
    graphql::{Date, PartialDateColumns, PartialDateInput},
    use_case::{
        Check, Failure, LONG_TEXT, NAME_TEXT, Problem, ProblemKind, SHORT_TEXT, Transaction, UseCase, changed,
        cleared_or_changed, expect_version,
    },
};
use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{CorrectiveActionStatus, action_extension, corrective_action};
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use uuid::Uuid;

/// Something to be done: about a plan, a risk, a follow-up or a finding.
#[derive(Clone, Debug, InputObject)]
pub struct CreateCorrectiveActionInput {
    /// The control plan that it comes from. Exactly one of the four origins is given.
    pub control_plan_id: Option<ID>,
    /// The risk that it meets directly (direktåtgärd).
    pub risk_id: Option<ID>,
    /// The follow-up that it comes from, without any finding.
    pub follow_up_id: Option<ID>,
    /// The finding that it mends.
    pub finding_id: Option<ID>,
    /// What is to be done, in short.
    pub title: String,
    /// What is to be done, in full.
    pub description: Option<String>,
    /// The function responsible for it.
    pub responsible_function: Option<String>,
    /// The day that it is due.
    pub due_on: Option<Date>,
    /// How far it has come: PLANNED, ONGOING or DONE.
    #[graphql(default_with = "CorrectiveActionStatus::Planned")]
    pub status: CorrectiveActionStatus,
    /// When it was done: needed for DONE, otherwise left out.
    pub done_on: Option<PartialDateInput>,
    /// The action of an earlier year that it carries on, which you may write too: from now on this one is what is
    /// worked on and counted.
    pub carried_from_id: Option<ID>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for CreateCorrectiveActionInput {
    const NAME: &'static str = "createCorrectiveAction";
    type Subject = ActionOrigin;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, ActionOrigin), Failure> {
        let given = Given {
            control_plan_id: self.control_plan_id.as_ref(),
            risk_id: self.risk_id.as_ref(),
            follow_up_id: self.follow_up_id.as_ref(),
            finding_id: self.finding_id.as_ref(),
        };
        let origin = ActionOrigin::given(tx, given).await?;
        let (right, place) = origin.written_with();
        Ok((tx.permit(right, place)?, origin))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, origin: ActionOrigin) -> Result<Uuid, Failure> {
        let mut check = Check::new();
        check.text("title", &self.title, NAME_TEXT);
        check.optional_text("description", self.description.as_ref(), LONG_TEXT);
        check.optional_text("responsibleFunction", self.responsible_function.as_ref(), SHORT_TEXT);
        check.past_time("doneOn", self.done_on.as_ref(), tx.today());
        refuse_wrong_time_done(&mut check, self.status, self.done_on.is_some());
        let done = self.status == CorrectiveActionStatus::Done;
        check.require(done || UNDONE.contains(&self.status), || {
            Problem::invalid("status", message!("follow-up-action-begins"))
        });
        if let ActionOrigin::FollowUp(_, Some(finding_id)) = &origin {
            check.gather(refuse_carried_finding(tx, "findingId", *finding_id).await)?;
        }
        let carried_from_id = match &self.carried_from_id {
            Some(id) => check.gather(carried_on(tx, id).await)?,
            None => None,
        };
        check.finish()?;
        let due_on = self.due_on.map(|day| day.0);
        let time = PartialDateColumns::from(self.done_on);
        let links = origin.links();
        let row = corrective_action::ActiveModel {
            municipality_id: Set(permit.municipality_id()),
            id: Set(Uuid::now_v7()),
            origin: Set(links.origin),
            control_plan_id: Set(links.control_plan_id),
            risk_id: Set(links.risk_id),
            follow_up_id: Set(links.follow_up_id),
            finding_id: Set(links.finding_id),
            department_id: Set(links.department_id),
            title: Set(self.title),
            description: Set(self.description),
            status: Set(self.status),
            responsible_function: Set(self.responsible_function),
            due_on: Set(due_on),
            due_key: Set(due_key(due_on)),
            original_due_on: Set(due_on),
            done_earliest: time.earliest,
            done_latest: time.latest,
            done_text: time.text,
            done_by: Set(tx.user_id().filter(|_| done)),
            verified_by: Set(None),
            reopened_reason: Set(None),
            cancelled_reason: Set(None),
            carried_from_id: Set(carried_from_id),
            registered_by: Set(tx.user_id()),
            secrecy_ground: Set(None),
            version: Set(1),
            created_at: Set(tx.now()),
        };
        Ok(tx.insert(&permit, row).await?.id)
    }
}

/// A change of what an action is. Its status and its due date have mutations of their own. What is left out stays as
/// it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateCorrectiveActionInput {
    /// The action.
    pub id: ID,
    /// The version that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// What is to be done, in short.
    pub title: MaybeUndefined<String>,
    /// What is to be done, in full; null for nothing more than the title.
    pub description: MaybeUndefined<String>,
    /// The function responsible for it; null for none.
    pub responsible_function: MaybeUndefined<String>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for UpdateCorrectiveActionInput {
    const NAME: &'static str = "updateCorrectiveAction";
    type Subject = corrective_action::Model;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, corrective_action::Model), Failure> {
        written(tx, &self.id).await
    }

    async fn perform(
        self,
        tx: &mut Transaction,
        permit: Permit,
        action: corrective_action::Model,
    ) -> Result<Uuid, Failure> {
        expect_version(&action, self.expected_version)?;
        let mut check = Check::new();
        check.text_change("title", &self.title, NAME_TEXT);
        check.optional_text_change("description", &self.description, LONG_TEXT);
        check.optional_text_change("responsibleFunction", &self.responsible_function, SHORT_TEXT);
        check.finish()?;
        let mut change = action.clone().into_active_model();
        change.title = changed(self.title);
        change.description = cleared_or_changed(self.description);
        change.responsible_function = cleared_or_changed(self.responsible_function);
        Ok(tx.update(&permit, action, change).await?.id)
    }
}

/// A later day for an action to be done (förlängd tid). The first due date is kept.
#[derive(Clone, Debug, InputObject)]
pub struct ExtendCorrectiveActionInput {
    /// The action, which is planned or ongoing.
    pub id: ID,
    /// The version that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// The day that it is due from now on: later than so far.
    pub due_on: Date,
    /// Why it is put off.
    pub reason: String,
    /// The function that decided it.
    pub decided_by: String,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for ExtendCorrectiveActionInput {
    const NAME: &'static str = "extendCorrectiveAction";
    type Subject = corrective_action::Model;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, corrective_action::Model), Failure> {
        written(tx, &self.id).await
    }

    async fn perform(
        self,
        tx: &mut Transaction,
        permit: Permit,
        action: corrective_action::Model,
    ) -> Result<Uuid, Failure> {
        expect_version(&action, self.expected_version)?;
        refuse_carried_action(tx, "id", action.id).await?;
        let mut check = Check::new();
        check.require(UNDONE.contains(&action.status), || {
            Problem::invalid("id", message!("follow-up-only-open-put-off"))
        });
        let (before, due_on) = (action.due_on, self.due_on.0);
        check.require(before.is_none_or(|day| day < due_on), || {
            Problem::invalid("dueOn", message!("follow-up-due-not-later"))
        });
        check.text("reason", &self.reason, LONG_TEXT);
        check.text("decidedBy", &self.decided_by, SHORT_TEXT);
        check.finish()?;
        let mut change = action.clone().into_active_model();
        change.due_on = Set(Some(due_on));
        change.due_key = Set(due_key(Some(due_on)));
        let id = tx.update(&permit, action, change).await?.id;
        let extension = action_extension::ActiveModel {
            municipality_id: Set(permit.municipality_id()),
            id: Set(Uuid::now_v7()),
            corrective_action_id: Set(id),
            from_date: Set(before),
            to_date: Set(due_on),
            reason: Set(self.reason),
            decided_by_function: Set(self.decided_by),
            recorded_by: Set(tx.user_id()),
            created_at: Set(tx.now()),
        };
        tx.insert(&permit, extension).await?;
        Ok(id)
    }
}

/// The action that somebody wants to write in, and leave to.
async fn written(tx: &Transaction, id: &ID) -> Result<(Permit, corrective_action::Model), Failure> {
    let action = subject::action(tx, "id", id).await?;
    let (right, place) = ActionOrigin::of(tx, &action).await?.written_with();
    Ok((tx.permit(right, place)?, action))
}

/// The action that a new one carries on: it stops to be worked on, which takes the right to write it.
async fn carried_on(tx: &Transaction, id: &ID) -> Result<Uuid, Failure> {
    const PATH: &str = "carriedFromId";
    let action = subject::action(tx, PATH, id).await?;
    let (right, place) = ActionOrigin::of(tx, &action).await?.written_with();
    if !tx.reader().may(right, place) {
        let message = message!("follow-up-earlier-action-not-written");
        return Err(Problem::new(ProblemKind::Forbidden, PATH, message).into());
    }
    refuse_carried_action(tx, PATH, action.id).await?;
    Ok(action.id)
}

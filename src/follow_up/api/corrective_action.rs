use super::{ActionExtension, Finding, FollowUp, withheld::withheld};
use crate::graphql::limits::{expected, list_cost};
use crate::{
    access::{Sealed, Secret},
    attachments::{Attachment, AttachmentsOfAction},
    follow_up::{
        rules,
        store::{self, ActionRow, FollowUpRow},
    },
    graphql::{Date, NodeKind, PartialDate, Result, Row, Withheld, objects},
    organisation::Department,
    planning::{ControlPlan, Risk},
    row_object,
};
use async_graphql::{ID, Object};
use entity::{CorrectiveActionOrigin, CorrectiveActionStatus, corrective_action};

/// A corrective action (åtgärd), about a plan, a risk, a follow-up or a finding. Where it is `withheld`, everything
/// but its id and follow-up is null or empty; it is withheld together with its finding.
#[derive(Clone)]
pub struct CorrectiveAction {
    row: Row<Sealed<ActionRow>>,
    follow_up: Option<Row<FollowUpRow>>,
}

row_object!(CorrectiveAction: Sealed<ActionRow>, load: store::visible_actions_by_id);

impl From<Row<Sealed<ActionRow>>> for CorrectiveAction {
    fn from(row: Row<Sealed<ActionRow>>) -> Self {
        Self { row, follow_up: None }
    }
}

impl CorrectiveAction {
    /// An action that was reached from its follow-up.
    pub(super) fn of(row: Row<Sealed<ActionRow>>, follow_up: &Row<FollowUpRow>) -> Self {
        Self {
            row,
            follow_up: Some(follow_up.clone()),
        }
    }

    fn content(&self) -> Option<&corrective_action::Model> {
        self.row.content().map(|row| &row.action)
    }
}

/// A corrective action (åtgärd), about a plan, a risk, a follow-up or a finding. Where it is `withheld`, everything
/// but its id and follow-up is null or empty; it is withheld together with its finding.
#[Object]
impl CorrectiveAction {
    /// Its global id.
    pub(crate) async fn id(&self) -> ID {
        NodeKind::CorrectiveAction.encode(self.row.outside(|row| row.action.id))
    }

    /// What is to be done, in short.
    async fn title(&self) -> Option<&String> {
        self.content().map(|action| &action.title)
    }

    /// What is to be done, in full.
    async fn description(&self) -> Option<&String> {
        self.content()?.description.as_ref()
    }

    /// How far it has come.
    async fn status(&self) -> Option<CorrectiveActionStatus> {
        Some(self.content()?.status)
    }

    /// What it comes from.
    async fn origin(&self) -> Option<CorrectiveActionOrigin> {
        Some(self.content()?.origin)
    }

    /// The department whose action it is; null for the whole municipality's.
    async fn department(&self) -> Result<Option<Department>> {
        if self.content().is_none() {
            return Ok(None);
        }
        Ok(self.row.one(store::DepartmentOfAction).await?.map(Into::into))
    }

    /// The function responsible for it.
    async fn responsible_function(&self) -> Option<&String> {
        self.content()?.responsible_function.as_ref()
    }

    /// The day that it is due, extensions included.
    async fn due_on(&self) -> Option<Date> {
        self.content()?.due_on.map(Date)
    }

    /// The day that it was due at first.
    async fn original_due_on(&self) -> Option<Date> {
        self.content()?.original_due_on.map(Date)
    }

    /// How it was put off, the earliest first.
    #[graphql(complexity = "list_cost(expected::FEW, child_complexity)")]
    async fn extensions(&self) -> Result<Vec<ActionExtension>> {
        if self.content().is_none() {
            return Ok(Vec::new());
        }
        Ok(objects(self.row.many(store::ExtensionsOfAction).await?))
    }

    /// Whether it should have been done by now and is not. One that came along to a later year is overdue there.
    async fn overdue(&self) -> Option<bool> {
        let row = self.row.content()?;
        let today = self.row.reader().today();
        Some(!row.carried_on && rules::is_overdue(row.action.status, row.action.due_on, today))
    }

    /// When it was done.
    async fn done_on(&self) -> Option<PartialDate> {
        let action = self.content()?;
        PartialDate::of(action.done_earliest, action.done_latest, action.done_text.as_ref())
    }

    /// Why it had to go on, the last time that verifying it failed.
    async fn reopened_reason(&self) -> Option<&String> {
        self.content()?.reopened_reason.as_ref()
    }

    /// Why it was cancelled.
    async fn cancelled_reason(&self) -> Option<&String> {
        self.content()?.cancelled_reason.as_ref()
    }

    /// The action of an earlier year that it carries on.
    async fn carried_from(&self) -> Result<Option<Self>> {
        if self.content().is_none() {
            return Ok(None);
        }
        Ok(self.row.one(store::CarriedFrom).await?.map(Into::into))
    }

    /// The action of a later year that carries it on, which is worked on instead; null without one that you can see.
    async fn carried_to(&self) -> Result<Option<Self>> {
        if self.content().is_none() {
            return Ok(None);
        }
        Ok(self.row.one(store::ActionCarriedTo).await?.map(Into::into))
    }

    /// The ground that it, or its finding, is confidential on, for who may read it nevertheless: a warning to be
    /// shown with it.
    async fn secrecy_ground(&self) -> Option<&String> {
        self.row.content()?.ground()
    }

    /// Not null: confidential, and not for you.
    async fn withheld(&self) -> Option<Withheld> {
        withheld(&self.row, ActionRow::ground)
    }

    /// The finding that it mends.
    async fn finding(&self) -> Result<Option<Finding>> {
        let Some(id) = self.content().and_then(|action| action.finding_id) else {
            return Ok(None);
        };
        let Some(follow_up) = &self.follow_up else {
            return Ok(self.row.one(store::FindingOfAction).await?.map(Into::into));
        };
        let findings = follow_up.many(store::FindingsOfFollowUp).await?;
        let found = findings.into_iter().find(|row| row.outside(|finding| finding.id) == id);
        Ok(found.map(|row| Finding::of(row, follow_up)))
    }

    /// The follow-up that it, or its finding, belongs to. Null for the public when it is withheld.
    async fn follow_up(&self) -> Result<Option<FollowUp>> {
        if !self.row.is_readable() && !self.row.reader().is_internal() {
            return Ok(None);
        }
        if let Some(follow_up) = &self.follow_up {
            return Ok(Some(follow_up.clone().into()));
        }
        Ok(self.row.one(store::FollowUpOfAction).await?.map(Into::into))
    }

    /// The control plan that it comes from.
    async fn control_plan(&self) -> Result<Option<ControlPlan>> {
        if self.content().is_none() {
            return Ok(None);
        }
        Ok(self.row.one(store::PlanOfAction).await?.map(Into::into))
    }

    /// The risk that it meets directly.
    async fn risk(&self) -> Result<Option<Risk>> {
        if self.content().is_none() {
            return Ok(None);
        }
        Ok(self.row.one(store::RiskOfAction).await?.map(Into::into))
    }

    /// The files that are attached to it, the oldest first.
    #[graphql(complexity = "list_cost(expected::FEW, child_complexity)")]
    async fn attachments(&self) -> Result<Vec<Attachment>> {
        if self.content().is_none() {
            return Ok(Vec::new());
        }
        Ok(objects(self.row.many(AttachmentsOfAction).await?))
    }

    /// Counts its changes: what `expectedVersion` is compared with.
    async fn version(&self) -> Option<i32> {
        Some(self.content()?.version)
    }
}

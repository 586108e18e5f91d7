use super::subject::{self, decoded, not_found};
use crate::{
    access::{Place, Right},
    follow_up::store,
    graphql::NodeKind,
    use_case::{Failure, Problem, Transaction},
};
use async_graphql::ID;
use entity::{ControlScope, CorrectiveActionOrigin, control_plan, corrective_action, finding, follow_up, risk};
use uuid::Uuid;

/// Where a corrective action comes from.
#[derive(Clone, Debug)]
pub enum ActionOrigin {
    /// A control plan.
    Plan(control_plan::Model),
    /// A risk.
    Risk(risk::Model),
    /// A follow-up, and the finding if it mends one.
    FollowUp(follow_up::Model, Option<Uuid>),
}

/// An origin as an action's row tells it.
#[derive(Debug)]
pub(super) struct Links {
    pub(super) origin: CorrectiveActionOrigin,
    pub(super) control_plan_id: Option<Uuid>,
    pub(super) risk_id: Option<Uuid>,
    pub(super) follow_up_id: Option<Uuid>,
    pub(super) finding_id: Option<Uuid>,
    pub(super) department_id: Option<Uuid>,
}

/// The four ids of which an input gives one.
#[derive(Clone, Copy)]
pub(super) struct Given<'a> {
    pub(super) control_plan_id: Option<&'a ID>,
    pub(super) risk_id: Option<&'a ID>,
    pub(super) follow_up_id: Option<&'a ID>,
    pub(super) finding_id: Option<&'a ID>,
}

impl ActionOrigin {
    /// The origin that an input gives, which the actor has to see.
    pub(super) async fn given(tx: &Transaction, given: Given<'_>) -> Result<Self, Failure> {
        let Given {
            control_plan_id,
            risk_id,
            follow_up_id,
            finding_id,
        } = given;
        match (control_plan_id, risk_id, follow_up_id, finding_id) {
            (Some(id), None, None, None) => {
                let id = decoded(NodeKind::ControlPlan, "controlPlanId", id)?;
                let plan = store::visible_plan(tx.reader(), id).await?;
                Ok(Self::Plan(
                    plan.ok_or_else(|| not_found(NodeKind::ControlPlan, "controlPlanId"))?,
                ))
            }
            (None, Some(id), None, None) => {
                let id = decoded(NodeKind::Risk, "riskId", id)?;
                let risk = store::visible_risk(tx.reader(), id).await?;
                Ok(Self::Risk(risk.ok_or_else(|| not_found(NodeKind::Risk, "riskId"))?))
            }
            (None, None, Some(id), None) => {
                let row = subject::follow_up(tx, "followUpId", id).await?;
                Ok(Self::FollowUp(row.follow_up, None))
            }
            (None, None, None, Some(id)) => {
                let (finding, row) =
                    subject::evidence::<finding::Entity>(tx, NodeKind::Finding, "findingId", id).await?;
                Ok(Self::FollowUp(row.follow_up, Some(finding.id)))
            }
            _ => {
                let message = message!("follow-up-one-origin");
                Err(Problem::invalid("", message).into())
            }
        }
    }

    /// The origin of an action that the actor sees.
    pub(super) async fn of(tx: &Transaction, action: &corrective_action::Model) -> Result<Self, Failure> {
        let reader = tx.reader();
        let found = match (action.control_plan_id, action.risk_id, action.follow_up_id) {
            (Some(id), _, _) => reader.by_id::<control_plan::Entity>(id).await?.map(Self::Plan),
            (_, Some(id), _) => reader.by_id::<risk::Entity>(id).await?.map(Self::Risk),
            (_, _, Some(id)) => reader
                .by_id::<follow_up::Entity>(id)
                .await?
                .map(|row| Self::FollowUp(row, action.finding_id)),
            _ => None,
        };
        found.ok_or_else(|| not_found(NodeKind::CorrectiveAction, "id"))
    }

    /// The right that verifying such an action takes, and where: in what belongs to the whole municipality, the
    /// coordinator's, who owns the shared plan.
    pub(super) fn verified_with(&self) -> (Right, Place) {
        match self.place() {
            Place::Municipality => (Right::SharedPlanWrite, Place::Municipality),
            place => (Right::FindingVerify, place),
        }
    }

    /// The right that writing its actions takes, and where.
    pub(super) fn written_with(&self) -> (Right, Place) {
        match self {
            Self::Plan(plan) => match plan.department_id {
                Some(id) if plan.scope == ControlScope::Department => (Right::ControlPlanWrite, Place::Department(id)),
                _ => (Right::SharedPlanWrite, Place::Municipality),
            },
            Self::Risk(_) => (Right::RiskWrite, self.place()),
            Self::FollowUp(..) => (Right::EvidenceWrite, self.place()),
        }
    }

    /// Where its actions are, for who verifies them.
    pub(super) fn place(&self) -> Place {
        let department = |id: Option<Uuid>| id.map_or(Place::Municipality, Place::Department);
        match self {
            Self::Plan(plan) => department(plan.department_id),
            Self::Risk(risk) => department(risk.department_id),
            Self::FollowUp(row, _) => Place::FollowUp {
                id: row.id,
                department_id: row.department_id,
            },
        }
    }

    /// What an action's row says of it.
    pub(super) fn links(&self) -> Links {
        let none = Links {
            origin: CorrectiveActionOrigin::Plan,
            control_plan_id: None,
            risk_id: None,
            follow_up_id: None,
            finding_id: None,
            department_id: None,
        };
        match self {
            Self::Plan(plan) => Links {
                control_plan_id: Some(plan.id),
                department_id: plan.department_id,
                ..none
            },
            Self::Risk(risk) => Links {
                origin: CorrectiveActionOrigin::Risk,
                risk_id: Some(risk.id),
                department_id: risk.department_id,
                ..none
            },
            Self::FollowUp(row, finding_id) => Links {
                origin: match finding_id {
                    Some(_) => CorrectiveActionOrigin::Finding,
                    None => CorrectiveActionOrigin::FollowUp,
                },
                follow_up_id: Some(row.id),
                finding_id: *finding_id,
                department_id: Some(row.department_id),
                ..none
            },
        }
    }
}

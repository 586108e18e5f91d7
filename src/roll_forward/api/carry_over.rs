use crate::{
    follow_up::{CorrectiveAction, Finding},
    graphql::{DateTime, NodeKind, Result, Row},
    organisation::{Department, User},
    planning::{ControlPoint, ControlYear, Risk},
    roll_forward::store,
    row_object,
};
use async_graphql::{ID, Object};
use entity::{CarryOverKind, CarryOverStatus, carry_over};

/// Something of a control year that is proposed to come along to the next (överföring), and what became of that. One of
/// `risk`, `controlPoint`, `finding` and `correctiveAction` says what it is, as far as you can see it.
#[derive(Clone)]
pub struct CarryOver(Row<carry_over::Model>);

row_object!(CarryOver(carry_over::Model), load: store::visible_carry_overs);

/// Something of a control year that is proposed to come along to the next (överföring), and what became of that. One of
/// `risk`, `controlPoint`, `finding` and `correctiveAction` says what it is, as far as you can see it.
#[Object]
impl CarryOver {
    /// Its global id.
    pub(crate) async fn id(&self) -> ID {
        NodeKind::CarryOver.encode(self.0.id)
    }

    /// The control year that it comes along to.
    async fn control_year(&self) -> Result<ControlYear> {
        Ok(self.0.must(store::YearOf).await?.into())
    }

    /// What sort of thing it is.
    async fn kind(&self) -> CarryOverKind {
        self.0.kind
    }

    /// What became of it.
    async fn status(&self) -> CarryOverStatus {
        self.0.status
    }

    /// The department that it is of; null when it is the whole municipality's.
    #[graphql(name = "fromDepartment")]
    async fn department_before(&self) -> Result<Option<Department>> {
        Ok(self.0.one(store::FromDepartment).await?.map(Into::into))
    }

    /// The department that it lands on, with which another's work may go on. Null when it is the whole municipality's, and
    /// where its department was divided: then accepting it says where it lands.
    async fn department(&self) -> Result<Option<Department>> {
        Ok(self.0.one(store::LandedOn).await?.map(Into::into))
    }

    /// The risk of the year before.
    async fn risk(&self) -> Result<Option<Risk>> {
        Ok(self.0.one(store::RiskOf).await?.map(Into::into))
    }

    /// The control point of the year before.
    async fn control_point(&self) -> Result<Option<ControlPoint>> {
        Ok(self.0.one(store::PointOf).await?.map(Into::into))
    }

    /// The finding of the year before.
    async fn finding(&self) -> Result<Option<Finding>> {
        Ok(self.0.one(store::FindingOf).await?.map(Into::into))
    }

    /// The action of the year before.
    async fn corrective_action(&self) -> Result<Option<CorrectiveAction>> {
        Ok(self.0.one(store::ActionOf).await?.map(Into::into))
    }

    /// The risk of the new year that it became.
    async fn new_risk(&self) -> Result<Option<Risk>> {
        Ok(self.0.one(store::NewRiskOf).await?.map(Into::into))
    }

    /// The control point of the new year that it became.
    async fn new_control_point(&self) -> Result<Option<ControlPoint>> {
        Ok(self.0.one(store::NewPointOf).await?.map(Into::into))
    }

    /// The finding of the new year that it became.
    async fn new_finding(&self) -> Result<Option<Finding>> {
        Ok(self.0.one(store::NewFindingOf).await?.map(Into::into))
    }

    /// The action of the new year that it became.
    async fn new_corrective_action(&self) -> Result<Option<CorrectiveAction>> {
        Ok(self.0.one(store::NewActionOf).await?.map(Into::into))
    }

    /// Why it was dropped.
    async fn reason(&self) -> Option<&String> {
        self.0.reason.as_ref()
    }

    /// Who decided; null while nobody has.
    async fn decided_by(&self) -> Result<Option<User>> {
        Ok(self.0.one(store::DeciderOf).await?.map(Into::into))
    }

    /// When that was.
    async fn decided_at(&self) -> Option<DateTime> {
        self.0.decided_at.map(DateTime)
    }

    /// Counts its changes: what `expectedVersion` is compared with.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

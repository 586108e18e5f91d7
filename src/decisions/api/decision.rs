use super::{CaseFile, DecisionItem, DecisionNote, Dispatch, Recipient};
use crate::graphql::limits::{expected, list_cost};
use crate::{
    decisions::store::{
        CaseOfDecision, CommitteeOfDecision, CorrectedRecord, CorrectingRecord, CorrectionBy, DecisionRow,
        DepartmentOfDecision, DispatchesOfDecision, JointReportOfDecision, NotesOfDecision, PlanOfDecision,
        ReportOfDecision, decisions_by_id,
    },
    graphql::{Date, NodeKind, PartialDate, Result, Row, objects},
    organisation::{Committee, Department},
    planning::ControlPlan,
    reporting::{DepartmentReport, JointReport},
    row_object,
};
use async_graphql::{ID, Object};
use entity::DecisionStage;

/// What a body proposes or decides about a case, a report or a plan.
#[derive(Clone)]
pub struct Decision(Row<DecisionRow>);

row_object!(Decision(DecisionRow), load: decisions_by_id);

/// What a body proposes or decides about a case, a report or a plan.
#[Object]
impl Decision {
    /// Its global id.
    pub(crate) async fn id(&self) -> ID {
        NodeKind::Decision.encode(self.0.decision.id)
    }

    /// Whether the body proposes or decides.
    async fn stage(&self) -> DecisionStage {
        self.0.decision.stage
    }

    /// The body as it calls itself, such as "Kommunstyrelsens arbetsutskott".
    async fn body(&self) -> &str {
        &self.0.decision.body
    }

    /// The committee that proposes or decides; null for a department's own proposal.
    async fn committee(&self) -> Result<Option<Committee>> {
        Ok(self.0.one(CommitteeOfDecision).await?.map(Into::into))
    }

    /// The department whose own proposal it is.
    async fn department(&self) -> Result<Option<Department>> {
        Ok(self.0.one(DepartmentOfDecision).await?.map(Into::into))
    }

    /// The day of the meeting, where it is known.
    async fn meeting_date(&self) -> Option<Date> {
        self.0.decision.meeting_date.map(Date)
    }

    /// The period of the meeting, where the day is not known.
    async fn meeting_period(&self) -> Option<PartialDate> {
        let decision = &self.0.decision;
        PartialDate::of(
            decision.meeting_earliest,
            decision.meeting_latest,
            decision.meeting_text.as_ref(),
        )
    }

    /// The section (paragraf) of the minutes, such as "28".
    async fn section(&self) -> Option<&String> {
        self.0.decision.section.as_ref()
    }

    /// The decision's number, where it has one of its own.
    async fn decision_number(&self) -> Option<&String> {
        self.0.decision.decision_number.as_ref()
    }

    /// The source's own wording, where it contradicts itself.
    async fn stated_as(&self) -> Option<&String> {
        self.0.decision.stated_as.as_ref()
    }

    /// What is proposed or decided, point by point.
    #[graphql(complexity = "list_cost(expected::FEW, child_complexity)")]
    async fn items(&self) -> Vec<DecisionItem> {
        self.0.items.iter().map(DecisionItem::from).collect()
    }

    /// What members wanted noted with it, in order: dissents, and who took no part.
    #[graphql(complexity = "list_cost(expected::FEW, child_complexity)")]
    async fn notes(&self) -> Result<Vec<DecisionNote>> {
        let notes = self.0.many(NotesOfDecision).await?;
        Ok(notes.iter().map(|row| DecisionNote::from(&**row)).collect())
    }

    /// The earlier record of the same decision that this one corrects (rättelse); null when it corrects none.
    async fn corrects(&self) -> Result<Option<Self>> {
        match self.0.one(CorrectionBy).await? {
            Some(correction) => Ok(correction.one(CorrectedRecord).await?.map(Self)),
            None => Ok(None),
        }
    }

    /// What was wrong with the record that this one corrects.
    async fn correction_reason(&self) -> Result<Option<String>> {
        let correction = self.0.one(CorrectionBy).await?;
        Ok(correction.map(|correction| correction.reason.clone()))
    }

    /// The later record that corrects this one, which was recorded wrongly; null while this one holds.
    async fn corrected_by(&self) -> Result<Option<Self>> {
        Ok(self.0.one(CorrectingRecord).await?.map(Self))
    }

    /// How it is sent, by recipient, each delivery of its own; none for the public.
    #[graphql(complexity = "list_cost(expected::FEW, child_complexity)")]
    async fn dispatches(&self) -> Result<Vec<Dispatch>> {
        Ok(objects(self.0.many(DispatchesOfDecision).await?))
    }

    /// Who it is sent to, in order.
    #[graphql(complexity = "list_cost(expected::FEW, child_complexity)")]
    async fn recipients(&self) -> Vec<Recipient> {
        self.0.recipients.iter().map(Recipient::from).collect()
    }

    /// The content of the report that it was made on: the report's `contentHash` then.
    async fn content_hash(&self) -> Option<&String> {
        self.0.decision.content_hash.as_ref()
    }

    /// The report that it is about; null when it is about none, or one that you do not see.
    async fn report(&self) -> Result<Option<DepartmentReport>> {
        Ok(self.0.one(ReportOfDecision).await?.map(Into::into))
    }

    /// The joint report that it is about; null when it is about none, or one that you do not see.
    async fn joint_report(&self) -> Result<Option<JointReport>> {
        Ok(self.0.one(JointReportOfDecision).await?.map(Into::into))
    }

    /// The control plan that it is about; null when it is about none, or one that you do not see.
    async fn control_plan(&self) -> Result<Option<ControlPlan>> {
        Ok(self.0.one(PlanOfDecision).await?.map(Into::into))
    }

    /// The case that it was made in.
    async fn case(&self) -> Result<Option<CaseFile>> {
        Ok(self.0.one(CaseOfDecision).await?.map(Into::into))
    }

    /// Counts its changes.
    async fn version(&self) -> i32 {
        self.0.decision.version
    }
}

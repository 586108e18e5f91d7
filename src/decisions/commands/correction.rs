use super::content::{DecisionContent, Framing};
use crate::{
    access::{Permit, Place, Right},
    decisions::store::{self, DecisionRow},
    graphql::NodeKind,
    use_case::{Check, Failure, LONG_TEXT, Problem, Transaction, UseCase},
};
use async_graphql::{ID, InputObject};
use entity::{DecisionStage, decision_correction};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

/// What a decision says that was recorded wrongly. The wrong record stays, and says by what it is corrected. What the
/// decision is about, whose it is and on which content stays the same, and so does the report that it moved.
#[derive(Clone, Debug, InputObject)]
pub struct CorrectDecisionInput {
    /// The decision that was recorded wrongly.
    pub id: ID,
    /// What was wrong with it.
    pub reason: String,
    /// What the minutes say.
    #[graphql(flatten)]
    pub content: DecisionContent,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for CorrectDecisionInput {
    const NAME: &'static str = "correctDecision";
    type Subject = DecisionRow;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, DecisionRow), Failure> {
        let row = subject(tx, &self.id).await?;
        let (right, place) = match (row.decision.committee_id, row.decision.department_id) {
            (Some(id), _) => (Right::DecisionRecord, Place::Committee(id)),
            (None, Some(id)) => (Right::DepartmentReportPropose, Place::Department(id)),
            (None, None) => (Right::DecisionRecord, Place::Municipality),
        };
        Ok((tx.permit(right, place)?, row))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, wrong: DecisionRow) -> Result<Uuid, Failure> {
        let mut check = Check::new();
        check.text("reason", &self.reason, LONG_TEXT);
        self.content.look_through(&mut check, tx.today());
        check.require(!wrong.corrected, || {
            Problem::duplicate("id", message!("decisions-corrected-already"))
        });
        let joint_report_id = store::joint_report_id(tx.reader(), wrong.decision.id).await?;
        let reported = wrong.decision.department_report_id.or(joint_report_id).is_some();
        let dated = wrong.decision.stage != DecisionStage::Decision || self.content.day().is_some();
        check.require(!reported || dated || wrong.decision.meeting_date.is_none(), || {
            Problem::invalid("meetingDate", message!("decisions-report-needs-meeting"))
        });
        check.finish()?;
        let corrected_id = wrong.decision.id;
        let framing = Framing {
            case_file_id: wrong.decision.case_file_id,
            department_report_id: wrong.decision.department_report_id,
            joint_report_id,
            control_plan_id: wrong.decision.control_plan_id,
            stage: wrong.decision.stage,
            committee_id: wrong.decision.committee_id,
            department_id: wrong.decision.department_id,
            content_hash: wrong.decision.content_hash,
        };
        let decision_id = self.content.write(tx, &permit, framing).await?;
        let row = decision_correction::ActiveModel {
            municipality_id: Set(permit.municipality_id()),
            decision_id: Set(decision_id),
            corrected_id: Set(corrected_id),
            reason: Set(self.reason),
            created_at: Set(tx.now()),
        };
        tx.insert(&permit, row).await?;
        Ok(decision_id)
    }
}

/// The decision that an input is about, as the actor can see it.
pub(super) async fn subject(tx: &Transaction, id: &ID) -> Result<DecisionRow, Failure> {
    let id = NodeKind::Decision
        .decode(id)
        .map_err(|error| Problem::invalid("id", error.message()))?;
    let found = store::decisions_by_id(tx.reader(), vec![id]).await?;
    let found = found.into_iter().next().map(|(_, row)| row);
    Ok(found.ok_or_else(|| Problem::not_found("id", NodeKind::Decision))?)
}

use crate::{
    access::Permit,
    decisions::rules::{refuse_number, refuse_two_times},
    graphql::{Date, PartialDateColumns, PartialDateInput},
    use_case::{Check, Failure, LONG_TEXT, NAME_TEXT, SHORT_TEXT, Transaction},
};
use async_graphql::InputObject;
use chrono::NaiveDate;
use entity::{
    DecisionItemNature, DecisionNoteKind, DecisionOutcome, DecisionStage, decision, decision_item, decision_note,
    joint_report_decision, recipient,
};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

/// What the minutes say of a proposal or decision.
#[derive(Clone, Debug, InputObject)]
pub struct DecisionContent {
    /// The body as it calls itself, such as "Kommunstyrelsens arbetsutskott".
    pub body: String,
    /// The day of the meeting. Needed when a report becomes DECIDED by it.
    pub meeting_date: Option<Date>,
    /// The period of the meeting, where the day is not known.
    pub meeting_period: Option<PartialDateInput>,
    /// The section (paragraf) of the minutes, such as "28".
    pub section: Option<String>,
    /// The decision's number, where it has one of its own.
    pub decision_number: Option<String>,
    /// The source's own wording, where it contradicts itself.
    pub stated_as: Option<String>,
    /// What is proposed or decided, point by point: at least one.
    pub items: Vec<DecisionItemInput>,
    /// Who it is sent to, in order.
    #[graphql(default)]
    pub recipients: Vec<RecipientInput>,
    /// What members want noted with it, in order: dissents, and who took no part.
    #[graphql(default)]
    pub notes: Vec<DecisionNoteInput>,
}

/// One point of a proposal or decision.
#[derive(Clone, Debug, InputObject)]
pub struct DecisionItemInput {
    /// What is proposed or decided.
    pub text: String,
    /// Whether it proposes, decides or commissions.
    pub nature: DecisionItemNature,
    /// What the body made of it.
    pub outcome: Option<DecisionOutcome>,
    /// Whom it is put to, or who is commissioned.
    pub addressee: Option<String>,
}

/// Somebody whom a decision is sent to.
#[derive(Clone, Debug, InputObject)]
pub struct RecipientInput {
    /// Who, such as "Kommunstyrelsen".
    pub name: String,
    /// True for "Akten": it is filed and delivered to nobody.
    #[graphql(default = false)]
    pub filing_only: bool,
}

/// A dissent or a disqualification that the minutes note.
#[derive(Clone, Debug, InputObject)]
pub struct DecisionNoteInput {
    /// What it notes.
    pub kind: DecisionNoteKind,
    /// Who, and what they want noted, as the minutes have it.
    pub text: String,
}

/// What a decision is about and whose it is.
#[derive(Debug)]
pub(super) struct Framing {
    pub(super) case_file_id: Option<Uuid>,
    pub(super) department_report_id: Option<Uuid>,
    pub(super) joint_report_id: Option<Uuid>,
    pub(super) control_plan_id: Option<Uuid>,
    pub(super) stage: DecisionStage,
    pub(super) committee_id: Option<Uuid>,
    pub(super) department_id: Option<Uuid>,
    pub(super) content_hash: Option<String>,
}

impl DecisionContent {
    /// The day of the meeting, if it is known.
    pub(super) fn day(&self) -> Option<NaiveDate> {
        self.meeting_date.map(|day| day.0)
    }

    /// Notes everything that is wrong with it.
    pub(super) fn look_through(&self, check: &mut Check, today: NaiveDate) {
        check.text("body", &self.body, NAME_TEXT);
        check.optional_text("section", self.section.as_ref(), SHORT_TEXT);
        check.optional_text("decisionNumber", self.decision_number.as_ref(), SHORT_TEXT);
        check.optional_text("statedAs", self.stated_as.as_ref(), LONG_TEXT);
        check.past_day("meetingDate", self.day(), today);
        refuse_two_times(check, self.day(), self.meeting_period.as_ref());
        refuse_number(check, "items", self.items.len(), true);
        for (index, item) in self.items.iter().enumerate() {
            check.text(&format!("items.{index}.text"), &item.text, LONG_TEXT);
            check.optional_text(&format!("items.{index}.addressee"), item.addressee.as_ref(), SHORT_TEXT);
        }
        refuse_number(check, "recipients", self.recipients.len(), false);
        for (index, recipient) in self.recipients.iter().enumerate() {
            check.text(&format!("recipients.{index}.name"), &recipient.name, NAME_TEXT);
        }
        refuse_number(check, "notes", self.notes.len(), false);
        for (index, note) in self.notes.iter().enumerate() {
            check.text(&format!("notes.{index}.text"), &note.text, LONG_TEXT);
        }
    }

    /// Records it; answers the id of the decision.
    pub(super) async fn write(self, tx: &mut Transaction, permit: &Permit, framing: Framing) -> Result<Uuid, Failure> {
        let (municipality_id, now) = (permit.municipality_id(), tx.now());
        let day = self.day();
        let meeting = PartialDateColumns::from(self.meeting_period);
        let row = decision::ActiveModel {
            municipality_id: Set(municipality_id),
            id: Set(Uuid::now_v7()),
            case_file_id: Set(framing.case_file_id),
            department_report_id: Set(framing.department_report_id),
            control_plan_id: Set(framing.control_plan_id),
            stage: Set(framing.stage),
            body: Set(self.body),
            committee_id: Set(framing.committee_id),
            department_id: Set(framing.department_id),
            meeting_date: Set(day),
            meeting_earliest: meeting.earliest,
            meeting_latest: meeting.latest,
            meeting_text: meeting.text,
            section: Set(self.section),
            decision_number: Set(self.decision_number),
            stated_as: Set(self.stated_as),
            content_hash: Set(framing.content_hash),
            recorded_by: Set(tx.user_id()),
            version: Set(1),
            created_at: Set(now),
        };
        let decision_id = tx.insert(permit, row).await?.id;
        if let Some(joint_report_id) = framing.joint_report_id {
            let link = joint_report_decision::ActiveModel {
                municipality_id: Set(municipality_id),
                decision_id: Set(decision_id),
                joint_report_id: Set(joint_report_id),
            };
            tx.insert(permit, link).await?;
        }
        for (number, item) in (1..).zip(self.items) {
            let row = decision_item::ActiveModel {
                municipality_id: Set(municipality_id),
                id: Set(Uuid::now_v7()),
                decision_id: Set(decision_id),
                number: Set(number),
                text: Set(item.text),
                nature: Set(item.nature),
                outcome: Set(item.outcome),
                addressee: Set(item.addressee),
                created_at: Set(now),
            };
            tx.insert(permit, row).await?;
        }
        for (number, to) in (1..).zip(self.recipients) {
            let row = recipient::ActiveModel {
                municipality_id: Set(municipality_id),
                id: Set(Uuid::now_v7()),
                decision_id: Set(decision_id),
                number: Set(number),
                name: Set(to.name),
                filing_only: Set(to.filing_only),
                created_at: Set(now),
            };
            tx.insert(permit, row).await?;
        }
        for (number, note) in (1..).zip(self.notes) {
            let row = decision_note::ActiveModel {
                municipality_id: Set(municipality_id),
                id: Set(Uuid::now_v7()),
                decision_id: Set(decision_id),
                number: Set(number),
                kind: Set(note.kind),
                text: Set(note.text),
                created_at: Set(now),
            };
            tx.insert(permit, row).await?;
        }
        Ok(decision_id)
    }
}

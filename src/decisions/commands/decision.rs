use super::refuse_foreign_case;
use crate::{
    access::{Permit, Place, Reader, Right},
    database::{StoreError, TenantTable},
    decisions::rules::{
        Recorder, refuse_department_decision, refuse_no_subject, refuse_number, refuse_two_times, speaks_for,
    },
    graphql::{Date, NodeKind, PartialDateColumns, PartialDateInput},
    organisation::has_working_committee,
    planning::visible_plans,
    reporting::{Move, refuse_move, refuse_other_content, visible_report},
    use_case::{Check, Failure, LONG_TEXT, NAME_TEXT, Problem, SHORT_TEXT, Transaction, UseCase},
};
use async_graphql::{ID, InputObject};
use chrono::NaiveDate;
use entity::{
    DecisionItemNature, DecisionOutcome, DecisionStage, ReportStatus, committee, control_plan, decision, decision_item,
    department, department_report, recipient,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

/// A proposal or decision of a body about a case, a report or a plan. With `reportStatus` it also moves the report
/// along its life cycle.
#[derive(Clone, Debug, InputObject)]
pub struct RecordDecisionInput {
    /// The case that it was made in; left out: the report's.
    pub case_file_id: Option<ID>,
    /// The report that it is about.
    pub report_id: Option<ID>,
    /// The report's `contentHash` that was proposed or decided on. Needed for a decision on a report, and when the report
    /// becomes RECOMMENDED; another than the report's is a `CONFLICT`.
    pub report_content_hash: Option<String>,
    /// The control plan that it is about.
    pub control_plan_id: Option<ID>,
    /// Whether the body proposes or decides.
    pub stage: DecisionStage,
    /// The body as it calls itself, such as "Kommunstyrelsens arbetsutskott".
    pub body: String,
    /// The committee that proposes or decides: the one that the report or the plan is laid before, or a working committee
    /// under it. Give this or the department.
    pub committee_id: Option<ID>,
    /// The department whose own proposal it is. Give this or the committee.
    pub department_id: Option<ID>,
    /// The day of the meeting. Needed when the report becomes DECIDED.
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
    /// Where the report goes by it: RECOMMENDED by a proposal of a working committee, DECIDED by a decision of the
    /// report's committee, REFERRED_BACK by either. Left out: it stays.
    pub report_status: Option<ReportStatus>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
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

/// What a decision refers to, as the actor can see it.
#[derive(Debug)]
pub struct Subjects {
    by: Recorder<committee::Model, department::Model>,
    report: Option<department_report::Model>,
    plan: Option<control_plan::Model>,
}

impl UseCase for RecordDecisionInput {
    const NAME: &'static str = "recordDecision";
    type Subject = Subjects;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, Subjects), Failure> {
        let report = match &self.report_id {
            None => None,
            Some(id) => {
                let id = decoded("reportId", NodeKind::DepartmentReport, id)?;
                let report = visible_report(tx.reader(), id).await?;
                Some(report.ok_or_else(|| Problem::not_found("reportId", NodeKind::DepartmentReport))?)
            }
        };
        let plan = match &self.control_plan_id {
            None => None,
            Some(id) => {
                let id = decoded("controlPlanId", NodeKind::ControlPlan, id)?;
                let plan = visible_plan(tx.reader(), id).await?;
                Some(plan.ok_or_else(|| Problem::not_found("controlPlanId", NodeKind::ControlPlan))?)
            }
        };
        let (permit, by) = match Recorder::of(self.committee_id.as_ref(), self.department_id.as_ref())? {
            Recorder::Committee(id) => {
                let committee = unit::<committee::Entity>(tx, "committeeId", NodeKind::Committee, id).await?;
                let permit = tx.permit(Right::DecisionRecord, Place::Committee(committee.id))?;
                (permit, Recorder::Committee(committee))
            }
            Recorder::Department(id) => {
                let department = unit::<department::Entity>(tx, "departmentId", NodeKind::Department, id).await?;
                let permit = tx.permit(Right::DepartmentReportPropose, Place::Department(department.id))?;
                (permit, Recorder::Department(department))
            }
        };
        Ok((permit, Subjects { by, report, plan }))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, subjects: Subjects) -> Result<Uuid, Failure> {
        let mut check = Check::new();
        self.check_texts(&mut check, tx.today());
        let case_file_id = check.optional_id("caseFileId", NodeKind::CaseFile, self.case_file_id.as_ref());
        refuse_foreign_case(&mut check, tx, "caseFileId", case_file_id).await?;
        refuse_no_subject(
            &mut check,
            [
                case_file_id.is_some(),
                subjects.report.is_some(),
                subjects.plan.is_some(),
            ],
        );
        let by_department = matches!(subjects.by, Recorder::Department(_));
        if by_department {
            refuse_department_decision(&mut check, self.stage);
        }
        self.check_report(&mut check, tx, &subjects).await?;
        self.check_plan(&mut check, tx, &subjects).await?;
        check.finish()?;

        let case_file_id = case_file_id.or_else(|| subjects.report.as_ref().and_then(|report| report.case_file_id));
        let id = self.insert(tx, &permit, &subjects, case_file_id).await?;
        if let (Some(to), Some(report)) = (self.report_status, subjects.report) {
            let mut change = report.clone().into_active_model();
            change.status = Set(to);
            tx.update(&permit, report, change).await?;
        }
        Ok(id)
    }
}

impl RecordDecisionInput {
    fn check_texts(&self, check: &mut Check, today: NaiveDate) {
        check.text("body", &self.body, NAME_TEXT);
        check.optional_text("section", self.section.as_ref(), SHORT_TEXT);
        check.optional_text("decisionNumber", self.decision_number.as_ref(), SHORT_TEXT);
        check.optional_text("statedAs", self.stated_as.as_ref(), LONG_TEXT);
        check.past_day("meetingDate", self.meeting_date.map(|day| day.0), today);
        refuse_two_times(check, self.meeting_date.map(|day| day.0), self.meeting_period.as_ref());
        refuse_number(check, "items", self.items.len(), true);
        for (index, item) in self.items.iter().enumerate() {
            check.text(&format!("items.{index}.text"), &item.text, LONG_TEXT);
            check.optional_text(&format!("items.{index}.addressee"), item.addressee.as_ref(), SHORT_TEXT);
        }
        refuse_number(check, "recipients", self.recipients.len(), false);
        for (index, recipient) in self.recipients.iter().enumerate() {
            check.text(&format!("recipients.{index}.name"), &recipient.name, NAME_TEXT);
        }
    }

    /// What is said of a report has to fit it, and where it goes has to be a step that this decision can take.
    async fn check_report(&self, check: &mut Check, tx: &Transaction, subjects: &Subjects) -> Result<(), Failure> {
        let Some(report) = &subjects.report else {
            for (path, given) in [
                ("reportContentHash", self.report_content_hash.is_some()),
                ("reportStatus", self.report_status.is_some()),
            ] {
                check.require(!given, || Problem::invalid(path, "It is of a report: say which."));
            }
            return Ok(());
        };
        let committee = match &subjects.by {
            Recorder::Committee(committee) => Some(committee),
            Recorder::Department(department) => {
                check.require(department.id == report.department_id, || {
                    Problem::invalid("departmentId", "The report is another department's.")
                });
                None
            }
        };
        match self.report_status {
            Some(to) => refuse_move(
                check,
                Move {
                    report,
                    to,
                    stage: self.stage,
                    committee,
                    meeting_date: self.meeting_date.map(|day| day.0),
                    prepared: has_working_committee(tx.reader(), report.committee_id).await?,
                    content_hash: self.report_content_hash.as_deref(),
                },
            ),
            None => {
                if let Some(committee) = committee {
                    refuse_other_committee(check, tx, committee, report.committee_id, "The report").await?;
                }
                refuse_other_content(check, report, self.stage, self.report_content_hash.as_deref());
            }
        }
        Ok(())
    }

    /// A plan is proposed to and decided on by its committee.
    async fn check_plan(&self, check: &mut Check, tx: &Transaction, subjects: &Subjects) -> Result<(), Failure> {
        if let (Some(plan), Recorder::Committee(committee)) = (&subjects.plan, &subjects.by) {
            refuse_other_committee(check, tx, committee, plan.committee_id, "The plan").await?;
        }
        Ok(())
    }

    async fn insert(
        &self,
        tx: &mut Transaction,
        permit: &Permit,
        subjects: &Subjects,
        case_file_id: Option<Uuid>,
    ) -> Result<Uuid, Failure> {
        let (municipality_id, now) = (permit.municipality_id(), tx.now());
        let (committee_id, department_id) = match &subjects.by {
            Recorder::Committee(committee) => (Some(committee.id), None),
            Recorder::Department(department) => (None, Some(department.id)),
        };
        let meeting = PartialDateColumns::from(self.meeting_period.clone());
        let row = decision::ActiveModel {
            municipality_id: Set(municipality_id),
            id: Set(Uuid::now_v7()),
            case_file_id: Set(case_file_id),
            department_report_id: Set(subjects.report.as_ref().map(|report| report.id)),
            control_plan_id: Set(subjects.plan.as_ref().map(|plan| plan.id)),
            stage: Set(self.stage),
            body: Set(self.body.clone()),
            committee_id: Set(committee_id),
            department_id: Set(department_id),
            meeting_date: Set(self.meeting_date.map(|day| day.0)),
            meeting_earliest: meeting.earliest,
            meeting_latest: meeting.latest,
            meeting_text: meeting.text,
            section: Set(self.section.clone()),
            decision_number: Set(self.decision_number.clone()),
            stated_as: Set(self.stated_as.clone()),
            content_hash: Set(self.report_content_hash.clone()),
            recorded_by: Set(tx.user_id()),
            version: Set(1),
            created_at: Set(now),
        };
        let decision_id = tx.insert(permit, row).await?.id;
        for (number, item) in (1..).zip(&self.items) {
            let row = decision_item::ActiveModel {
                municipality_id: Set(municipality_id),
                id: Set(Uuid::now_v7()),
                decision_id: Set(decision_id),
                number: Set(number),
                text: Set(item.text.clone()),
                nature: Set(item.nature),
                outcome: Set(item.outcome),
                addressee: Set(item.addressee.clone()),
                created_at: Set(now),
            };
            tx.insert(permit, row).await?;
        }
        for (number, to) in (1..).zip(&self.recipients) {
            let row = recipient::ActiveModel {
                municipality_id: Set(municipality_id),
                id: Set(Uuid::now_v7()),
                decision_id: Set(decision_id),
                number: Set(number),
                name: Set(to.name.clone()),
                filing_only: Set(to.filing_only),
                created_at: Set(now),
            };
            tx.insert(permit, row).await?;
        }
        Ok(decision_id)
    }
}

/// Notes when a committee says something of what is another committee's. `what` names it.
async fn refuse_other_committee(
    check: &mut Check,
    tx: &Transaction,
    committee: &committee::Model,
    laid_before: Uuid,
    what: &str,
) -> Result<(), Failure> {
    if speaks_for(committee, laid_before) {
        return Ok(());
    }
    let its_own = tx.reader().by_id::<committee::Entity>(laid_before).await?;
    let name = its_own.map_or_else(String::new, |committee| committee.name);
    check.add(Problem::invalid(
        "committeeId",
        format!(
            "{what} is laid before {name}: that committee, or a working committee under it, says what becomes of it."
        ),
    ));
    Ok(())
}

fn decoded(path: &str, kind: NodeKind, id: &ID) -> Result<Uuid, Problem> {
    kind.decode(id)
        .map_err(|error| Problem::invalid(path, error.to_string()))
}

/// A committee or department, which everybody can see.
async fn unit<E: TenantTable>(tx: &Transaction, path: &str, kind: NodeKind, id: &ID) -> Result<E::Model, Failure> {
    let id = decoded(path, kind, id)?;
    let found = tx.reader().by_id::<E>(id).await?;
    Ok(found.ok_or_else(|| Problem::not_found(path, kind))?)
}

async fn visible_plan(reader: &Reader, id: Uuid) -> Result<Option<control_plan::Model>, StoreError> {
    Ok(reader
        .find::<control_plan::Entity>()
        .filter(control_plan::Column::Id.eq(id))
        .filter(visible_plans(reader))
        .one(reader.session())
        .await?)
}

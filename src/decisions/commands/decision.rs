use super::{
    content::{DecisionContent, Framing},
    refuse_foreign_case,
};
use crate::{
    access::{Permit, Place, Reader, Right},
    database::{StoreError, TenantTable},
    decisions::rules::{Recorder, refuse_department_decision, refuse_no_subject, speaks_for},
    graphql::NodeKind,
    language::Message,
    organisation::has_working_committee,
    planning::visible_plans,
    reporting::{Move, Reported, refuse_move, refuse_other_content, visible_joint_report, visible_report},
    use_case::{Check, Failure, Problem, Transaction, UseCase},
};
use async_graphql::{ID, InputObject};
use entity::{DecisionStage, ReportStatus, committee, control_plan, department, department_report, joint_report};
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
    /// The joint report that it is about. What is said below of a report holds for it too.
    pub joint_report_id: Option<ID>,
    /// The report's `contentHash` that was proposed or decided on. Needed for a decision on a report, and when the report
    /// becomes RECOMMENDED; another than the report's is a `CONFLICT`.
    pub report_content_hash: Option<String>,
    /// The control plan that it is about.
    pub control_plan_id: Option<ID>,
    /// Whether the body proposes or decides.
    pub stage: DecisionStage,
    /// The committee that proposes or decides: the one that the report or the plan is laid before, or a working committee
    /// under it. Give this or the department.
    pub committee_id: Option<ID>,
    /// The department whose own proposal it is. Give this or the committee.
    pub department_id: Option<ID>,
    /// What the minutes say.
    #[graphql(flatten)]
    pub content: DecisionContent,
    /// Where the report goes by it: RECOMMENDED by a proposal of a working committee, DECIDED by a decision of the
    /// report's committee, REFERRED_BACK by either. Left out: it stays.
    pub report_status: Option<ReportStatus>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

/// The report that a decision is about.
#[derive(Clone, Debug)]
enum About {
    Department(department_report::Model),
    Joint(joint_report::Model),
}

impl About {
    fn reported(&self) -> Reported<'_> {
        match self {
            Self::Department(report) => report.into(),
            Self::Joint(report) => report.into(),
        }
    }

    fn department_id(&self) -> Uuid {
        match self {
            Self::Department(report) => report.department_id,
            Self::Joint(report) => report.department_id,
        }
    }

    fn department_report_id(&self) -> Option<Uuid> {
        match self {
            Self::Department(report) => Some(report.id),
            Self::Joint(_) => None,
        }
    }

    fn joint_report_id(&self) -> Option<Uuid> {
        match self {
            Self::Department(_) => None,
            Self::Joint(report) => Some(report.id),
        }
    }

    fn case_file_id(&self) -> Option<Uuid> {
        match self {
            Self::Department(report) => report.case_file_id,
            Self::Joint(report) => report.case_file_id,
        }
    }

    async fn move_to(self, tx: &mut Transaction, permit: &Permit, to: ReportStatus) -> Result<(), Failure> {
        match self {
            Self::Department(report) => {
                let mut change = report.clone().into_active_model();
                change.status = Set(to);
                tx.update(permit, report, change).await?;
            }
            Self::Joint(report) => {
                let mut change = report.clone().into_active_model();
                change.status = Set(to);
                tx.update(permit, report, change).await?;
            }
        }
        Ok(())
    }
}

/// What a decision refers to, as the actor can see it.
#[derive(Debug)]
pub struct Subjects {
    by: Recorder<committee::Model, department::Model>,
    report: Option<About>,
    plan: Option<control_plan::Model>,
}

impl UseCase for RecordDecisionInput {
    const NAME: &'static str = "recordDecision";
    type Subject = Subjects;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, Subjects), Failure> {
        let report = match (&self.report_id, &self.joint_report_id) {
            (None, None) => None,
            (Some(id), None) => {
                let id = decoded("reportId", NodeKind::DepartmentReport, id)?;
                let report = visible_report(tx.reader(), id).await?;
                let report = report.ok_or_else(|| Problem::not_found("reportId", NodeKind::DepartmentReport))?;
                Some(About::Department(report))
            }
            (None, Some(id)) => {
                let id = decoded("jointReportId", NodeKind::JointReport, id)?;
                let report = visible_joint_report(tx.reader(), id).await?;
                let report = report.ok_or_else(|| Problem::not_found("jointReportId", NodeKind::JointReport))?;
                Some(About::Joint(report))
            }
            (Some(_), Some(_)) => {
                let message = message!("decisions-one-report");
                return Err(Problem::invalid("jointReportId", message).into());
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
        self.content.look_through(&mut check, tx.today());
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

        let case_file_id = case_file_id.or_else(|| subjects.report.as_ref().and_then(About::case_file_id));
        let (committee_id, department_id) = match &subjects.by {
            Recorder::Committee(committee) => (Some(committee.id), None),
            Recorder::Department(department) => (None, Some(department.id)),
        };
        let framing = Framing {
            case_file_id,
            department_report_id: subjects.report.as_ref().and_then(About::department_report_id),
            joint_report_id: subjects.report.as_ref().and_then(About::joint_report_id),
            control_plan_id: subjects.plan.map(|plan| plan.id),
            stage: self.stage,
            committee_id,
            department_id,
            content_hash: self.report_content_hash,
        };
        let id = self.content.write(tx, &permit, framing).await?;
        if let (Some(to), Some(report)) = (self.report_status, subjects.report) {
            report.move_to(tx, &permit, to).await?;
        }
        Ok(id)
    }
}

impl RecordDecisionInput {
    /// What is said of a report has to fit it, and where it goes has to be a step that this decision can take.
    async fn check_report(&self, check: &mut Check, tx: &Transaction, subjects: &Subjects) -> Result<(), Failure> {
        let Some(report) = &subjects.report else {
            for (path, given) in [
                ("reportContentHash", self.report_content_hash.is_some()),
                ("reportStatus", self.report_status.is_some()),
            ] {
                check.require(!given, || Problem::invalid(path, message!("decisions-of-a-report")));
            }
            return Ok(());
        };
        let committee = match &subjects.by {
            Recorder::Committee(committee) => Some(committee),
            Recorder::Department(department) => {
                check.require(department.id == report.department_id(), || {
                    Problem::invalid("departmentId", message!("decisions-report-of-other-department"))
                });
                None
            }
        };
        match self.report_status {
            Some(to) => refuse_move(
                check,
                Move {
                    report: report.reported(),
                    to,
                    stage: self.stage,
                    committee,
                    meeting_date: self.content.day(),
                    prepared: has_working_committee(tx.reader(), report.reported().committee_id).await?,
                    content_hash: self.report_content_hash.as_deref(),
                },
            ),
            None => {
                if let Some(committee) = committee {
                    refuse_other_committee(check, tx, committee, report.reported().committee_id, |committee| {
                        message!("decisions-report-of-other-committee", committee)
                    })
                    .await?;
                }
                refuse_other_content(
                    check,
                    report.reported(),
                    self.stage,
                    self.report_content_hash.as_deref(),
                );
            }
        }
        Ok(())
    }

    /// A plan is proposed to and decided on by its committee.
    async fn check_plan(&self, check: &mut Check, tx: &Transaction, subjects: &Subjects) -> Result<(), Failure> {
        if let (Some(plan), Recorder::Committee(committee)) = (&subjects.plan, &subjects.by) {
            refuse_other_committee(check, tx, committee, plan.committee_id, |committee| {
                message!("decisions-plan-of-other-committee", committee)
            })
            .await?;
        }
        Ok(())
    }
}

/// Notes when a committee says something of what is another committee's. `what` names it.
async fn refuse_other_committee(
    check: &mut Check,
    tx: &Transaction,
    committee: &committee::Model,
    laid_before: Uuid,
    message: fn(String) -> Message,
) -> Result<(), Failure> {
    if speaks_for(committee, laid_before) {
        return Ok(());
    }
    let its_own = tx.reader().by_id::<committee::Entity>(laid_before).await?;
    let name = its_own.map_or_else(String::new, |committee| committee.name);
    check.add(Problem::invalid("committeeId", message(name)));
    Ok(())
}

fn decoded(path: &str, kind: NodeKind, id: &ID) -> Result<Uuid, Problem> {
    kind.decode(id).map_err(|error| Problem::invalid(path, error.message()))
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

use crate::{
    access::{Permit, Place, Right},
    decisions::refuse_foreign_case,
    graphql::{Date, NodeKind},
    organisation::committees_of_department,
    planning::{open_year, organisation_day},
    reporting::{rules::refuse_changed_content, store},
    use_case::{
        Check, Failure, LONG_TEXT, NAME_TEXT, Problem, Transaction, UseCase, changed, cleared_or_changed,
        expect_version,
    },
};
use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{
    CommitteeKind, ReportStatus, department, joint_report, joint_report_author, joint_report_gap, reporting_occasion,
};
use sea_orm::{ActiveValue::Set, Condition, IntoActiveModel};
use uuid::Uuid;

/// A new joint report at an occasion, as a draft.
#[derive(Clone, Debug, InputObject)]
pub struct CreateJointReportInput {
    /// The occasion that it reports at; each has one joint report.
    pub occasion_id: ID,
    /// The department that compiles it, whose head lays it before the board: one that answers to the executive board.
    pub department_id: ID,
    /// Its title.
    pub title: String,
    /// The date that it bears.
    pub dated: Option<Date>,
    /// The background.
    pub background: Option<String>,
    /// The summary.
    pub summary: Option<String>,
    /// Its case in the registry.
    pub case_file_id: Option<ID>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for CreateJointReportInput {
    const NAME: &'static str = "createJointReport";
    type Subject = ();

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, ()), Failure> {
        Ok((tx.permit(Right::JointReportWrite, Place::Municipality)?, ()))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, (): ()) -> Result<Uuid, Failure> {
        let mut check = Check::new();
        check.text("title", &self.title, NAME_TEXT);
        check.optional_text("background", self.background.as_ref(), LONG_TEXT);
        check.optional_text("summary", self.summary.as_ref(), LONG_TEXT);
        let case_file_id = check.optional_id("caseFileId", NodeKind::CaseFile, self.case_file_id.as_ref());
        refuse_foreign_case(&mut check, tx, "caseFileId", case_file_id).await?;
        let all = Condition::all;
        let occasion_id = check.id("occasionId", NodeKind::ReportingOccasion, &self.occasion_id);
        let occasion = check
            .found::<reporting_occasion::Entity>(
                tx,
                "occasionId",
                Some(occasion_id),
                NodeKind::ReportingOccasion,
                all(),
            )
            .await?;
        let department_id = check.id("departmentId", NodeKind::Department, &self.department_id);
        let department = check
            .found::<department::Entity>(tx, "departmentId", Some(department_id), NodeKind::Department, all())
            .await?;
        check.finish()?;
        let (Some(occasion), Some(department)) = (occasion, department) else {
            return Err(Problem::not_found("occasionId", NodeKind::ReportingOccasion).into());
        };
        let year = open_year(tx, occasion.control_year_id).await?;
        let on = organisation_day(occasion.due_on, year.year);
        let committees = committees_of_department(tx.reader(), &department, on).await?;
        let board = committees
            .into_iter()
            .find(|committee| committee.kind == CommitteeKind::ExecutiveBoard);
        let board = board.ok_or_else(|| Problem::invalid("departmentId", message!("reporting-joint-is-boards")))?;
        if store::has_joint_report(tx.reader(), occasion.id).await? {
            return Err(Problem::duplicate("occasionId", message!("reporting-joint-exists")).into());
        }
        let row = joint_report::ActiveModel {
            municipality_id: Set(permit.municipality_id()),
            id: Set(Uuid::now_v7()),
            control_year_id: Set(year.id),
            occasion_id: Set(occasion.id),
            department_id: Set(department.id),
            committee_id: Set(board.id),
            status: Set(ReportStatus::Draft),
            title: Set(self.title),
            dated: Set(self.dated.map(|day| day.0)),
            background: Set(self.background),
            summary: Set(self.summary),
            case_file_id: Set(case_file_id),
            frozen: Set(None),
            content_hash: Set(None),
            submitted_by: Set(None),
            submitted_at: Set(None),
            proposed_by: Set(None),
            proposed_by_author: Set(false),
            published_at: Set(None),
            published_by: Set(None),
            version: Set(1),
            created_at: Set(tx.now()),
        };
        let report = tx.insert(&permit, row).await?;
        record_author(tx, &permit, report.id).await?;
        Ok(report.id)
    }
}

/// A change of a joint report, while it is a draft. What is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateJointReportInput {
    /// The report.
    pub id: ID,
    /// The version that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// Its title.
    pub title: MaybeUndefined<String>,
    /// The date that it bears; null for none.
    pub dated: MaybeUndefined<Date>,
    /// The background; null for none.
    pub background: MaybeUndefined<String>,
    /// The summary; null for none.
    pub summary: MaybeUndefined<String>,
    /// Its case in the registry; null for none.
    pub case_file_id: MaybeUndefined<ID>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for UpdateJointReportInput {
    const NAME: &'static str = "updateJointReport";
    type Subject = joint_report::Model;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, joint_report::Model), Failure> {
        written(tx, "id", &self.id).await
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, report: joint_report::Model) -> Result<Uuid, Failure> {
        expect_version(&report, self.expected_version)?;
        refuse_changed_content(report.status)?;
        open_year(tx, report.control_year_id).await?;
        let mut check = Check::new();
        check.text_change("title", &self.title, NAME_TEXT);
        check.optional_text_change("background", &self.background, LONG_TEXT);
        check.optional_text_change("summary", &self.summary, LONG_TEXT);
        let case_file_id = check.id_change("caseFileId", NodeKind::CaseFile, self.case_file_id);
        let case = case_file_id
            .value()
            .copied()
            .filter(|id| Some(*id) != report.case_file_id);
        refuse_foreign_case(&mut check, tx, "caseFileId", case).await?;
        check.finish()?;
        let mut change = report.clone().into_active_model();
        change.title = changed(self.title);
        change.dated = cleared_or_changed(self.dated.map_value(|day| day.0));
        change.background = cleared_or_changed(self.background);
        change.summary = cleared_or_changed(self.summary);
        change.case_file_id = cleared_or_changed(case_file_id);
        let report = tx.update(&permit, report, change).await?;
        record_author(tx, &permit, report.id).await?;
        Ok(report.id)
    }
}

/// Why a joint report may be submitted although a department has not reported everything. An explanation given before is
/// replaced.
#[derive(Clone, Debug, InputObject)]
pub struct ExplainJointGapInput {
    /// The joint report, which is a draft.
    pub report_id: ID,
    /// The version of the report that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// The department.
    pub department_id: ID,
    /// Why it has not reported in time.
    pub explanation: String,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for ExplainJointGapInput {
    const NAME: &'static str = "explainJointGap";
    type Subject = joint_report::Model;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, joint_report::Model), Failure> {
        written(tx, "reportId", &self.report_id).await
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, report: joint_report::Model) -> Result<Uuid, Failure> {
        expect_version(&report, self.expected_version)?;
        refuse_changed_content(report.status)?;
        open_year(tx, report.control_year_id).await?;
        let mut check = Check::new();
        check.text("explanation", &self.explanation, LONG_TEXT);
        let department_id = check.id("departmentId", NodeKind::Department, &self.department_id);
        check
            .exists::<department::Entity>(tx, "departmentId", Some(department_id), NodeKind::Department)
            .await?;
        check.finish()?;
        let gaps = store::joint_gaps(tx.reader(), report.id).await?;
        match gaps.into_iter().find(|gap| gap.department_id == department_id) {
            Some(gap) => {
                let mut change = gap.clone().into_active_model();
                change.explanation = Set(self.explanation);
                tx.update(&permit, gap, change).await?;
            }
            None => {
                let row = joint_report_gap::ActiveModel {
                    municipality_id: Set(permit.municipality_id()),
                    id: Set(Uuid::now_v7()),
                    joint_report_id: Set(report.id),
                    department_id: Set(department_id),
                    explanation: Set(self.explanation),
                    created_at: Set(tx.now()),
                };
                tx.insert(&permit, row).await?;
            }
        }
        record_author(tx, &permit, report.id).await?;
        Ok(tx.touch(&permit, report).await?.id)
    }
}

/// The joint report that an input is about, as the actor can see it.
pub(super) async fn subject(tx: &Transaction, path: &str, id: &ID) -> Result<joint_report::Model, Failure> {
    let id = NodeKind::JointReport
        .decode(id)
        .map_err(|error| Problem::invalid(path, error.message()))?;
    let report = store::visible_joint_report(tx.reader(), id).await?;
    Ok(report.ok_or_else(|| Problem::not_found(path, NodeKind::JointReport))?)
}

/// [`subject`], with leave to write it.
pub(super) async fn written(tx: &Transaction, path: &str, id: &ID) -> Result<(Permit, joint_report::Model), Failure> {
    let report = subject(tx, path, id).await?;
    Ok((tx.permit(Right::JointReportWrite, Place::Municipality)?, report))
}

/// Remembers that the actor wrote on a joint report: whoever did does not propose it.
async fn record_author(tx: &mut Transaction, permit: &Permit, report_id: Uuid) -> Result<(), Failure> {
    let user_id = permit.user().id;
    if store::joint_authors(tx.reader(), report_id).await?.contains(&user_id) {
        return Ok(());
    }
    let row = joint_report_author::ActiveModel {
        municipality_id: Set(permit.municipality_id()),
        joint_report_id: Set(report_id),
        user_id: Set(user_id),
    };
    tx.insert(permit, row).await?;
    Ok(())
}

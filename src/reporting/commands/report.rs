use super::{record_author, subject};
use crate::{
    access::{Permit, Place, Reader, Right},
    database::StoreError,
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
use entity::{ReportStatus, committee, department, department_report, reporting_occasion};
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use uuid::Uuid;

/// A new report of a department's, as a draft.
#[derive(Clone, Debug, InputObject)]
pub struct CreateDepartmentReportInput {
    /// The department that reports.
    pub department_id: ID,
    /// The occasion that it reports at.
    pub occasion_id: ID,
    /// The committee that it is for. Only needed where the department answers to several on the occasion's due date,
    /// or on the year's last day where there is no due date.
    pub committee_id: Option<ID>,
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

impl UseCase for CreateDepartmentReportInput {
    const NAME: &'static str = "createDepartmentReport";
    type Subject = department::Model;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, department::Model), Failure> {
        let id = NodeKind::Department
            .decode(&self.department_id)
            .map_err(|error| Problem::invalid("departmentId", error.message()))?;
        let department = tx.reader().by_id::<department::Entity>(id).await?;
        let department = department.ok_or_else(|| Problem::not_found("departmentId", NodeKind::Department))?;
        let permit = tx.permit(Right::DepartmentReportWrite, Place::Department(department.id))?;
        Ok((permit, department))
    }

    async fn perform(
        self,
        tx: &mut Transaction,
        permit: Permit,
        department: department::Model,
    ) -> Result<Uuid, Failure> {
        let mut check = Check::new();
        check.text("title", &self.title, NAME_TEXT);
        check.optional_text("background", self.background.as_ref(), LONG_TEXT);
        check.optional_text("summary", self.summary.as_ref(), LONG_TEXT);
        let case_file_id = check.optional_id("caseFileId", NodeKind::CaseFile, self.case_file_id.as_ref());
        refuse_foreign_case(&mut check, tx, "caseFileId", case_file_id).await?;
        let committee_id = check.optional_id("committeeId", NodeKind::Committee, self.committee_id.as_ref());
        let occasion_id = check.id("occasionId", NodeKind::ReportingOccasion, &self.occasion_id);
        let occasion = tx.reader().by_id::<reporting_occasion::Entity>(occasion_id).await?;
        let Some(occasion) = occasion else {
            if !occasion_id.is_nil() {
                check.add(Problem::not_found("occasionId", NodeKind::ReportingOccasion));
            }
            check.finish()?;
            return Err(Problem::not_found("occasionId", NodeKind::ReportingOccasion).into());
        };
        let year = open_year(tx, occasion.control_year_id).await?;
        let on = organisation_day(occasion.due_on, year.year);
        let candidates = committees_of_department(tx.reader(), &department, on).await?;
        let committee = match committee_of(&candidates, committee_id) {
            Ok(committee) => Some(committee),
            Err(problem) => {
                check.add(problem);
                None
            }
        };
        check.finish()?;
        let Some(committee) = committee else {
            return Err(Problem::not_found("committeeId", NodeKind::Committee).into());
        };
        refuse_second_report(tx.reader(), &department, committee, &occasion).await?;
        let row = department_report::ActiveModel {
            municipality_id: Set(permit.municipality_id()),
            id: Set(Uuid::now_v7()),
            control_year_id: Set(year.id),
            occasion_id: Set(occasion.id),
            department_id: Set(department.id),
            committee_id: Set(committee.id),
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

/// The committee that a report is for, among those that the department answers to.
fn committee_of(candidates: &[committee::Model], wanted: Option<Uuid>) -> Result<&committee::Model, Problem> {
    let codes = || {
        let codes: Vec<&str> = candidates.iter().map(|committee| committee.code.as_str()).collect();
        codes.join(", ")
    };
    match (wanted, candidates) {
        (_, []) => Err(Problem::invalid("departmentId", message!("reporting-no-committee"))),
        (None, [committee]) => Ok(committee),
        (None, _) => Err(Problem::invalid(
            "committeeId",
            message!("reporting-which-committee", committees = codes()),
        )),
        (Some(wanted), _) => candidates
            .iter()
            .find(|committee| committee.id == wanted)
            .ok_or_else(|| {
                Problem::invalid(
                    "committeeId",
                    message!("reporting-other-committee", committees = codes()),
                )
            }),
    }
}

async fn refuse_second_report(
    reader: &Reader,
    department: &department::Model,
    committee: &committee::Model,
    occasion: &reporting_occasion::Model,
) -> Result<(), Failure> {
    let found: Result<_, StoreError> = store::report_of(reader, department.id, committee.id, occasion.id).await;
    if found?.is_some() {
        return Err(Problem::duplicate(
            "occasionId",
            message!(
                "reporting-report-exists",
                department = department.code,
                committee = committee.code,
                occasion = occasion.label
            ),
        )
        .into());
    }
    Ok(())
}

/// A change of a report, while it is a draft. What is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateDepartmentReportInput {
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

impl UseCase for UpdateDepartmentReportInput {
    const NAME: &'static str = "updateDepartmentReport";
    type Subject = department_report::Model;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, department_report::Model), Failure> {
        let report = subject(tx, "id", &self.id).await?;
        let permit = tx.permit(Right::DepartmentReportWrite, Place::Department(report.department_id))?;
        Ok((permit, report))
    }

    async fn perform(
        self,
        tx: &mut Transaction,
        permit: Permit,
        report: department_report::Model,
    ) -> Result<Uuid, Failure> {
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

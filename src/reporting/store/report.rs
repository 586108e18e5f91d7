use crate::{
    access::{Keyed, Place, Reader, Right, join, with_columns},
    attachments::Reported,
    database::StoreError,
    follow_up::{FollowUpRow, follow_up_rows, visible_follow_ups},
    graphql::Relation,
    planning, relation,
    use_case::{ActedOn, Duties},
};
use chrono::{DateTime, Utc};
use entity::{
    ReportStatus, case_file, committee, control_year, department, department_report, follow_up, plan_point,
    report_author, reporting_occasion,
};
use sea_orm::{
    ColumnTrait, Condition, DbErr, FromQueryResult, Iterable, JoinType, QueryFilter, QueryOrder, QueryResult,
    QuerySelect, QueryTrait, Select,
    sea_query::{ColumnRef, Expr, ExprTrait, Query},
};
use uuid::Uuid;

/// The states in which a report has been laid before its committee.
pub(super) const LAID: [ReportStatus; 4] = [
    ReportStatus::Proposed,
    ReportStatus::Recommended,
    ReportStatus::Decided,
    ReportStatus::ReferredBack,
];

/// A report with the rows that it refers to, all read in one statement. Its frozen content is not among them.
#[derive(Clone, Debug)]
pub(crate) struct ReportRow {
    pub(crate) report: department_report::Model,
    pub(crate) department: department::Model,
    pub(crate) committee: committee::Model,
    pub(crate) occasion: reporting_occasion::Model,
    pub(crate) year: control_year::Model,
    pub(crate) case: Option<case_file::Model>,
}

/// What the columns of a report's department are called, and so on.
const DEPARTMENT: &str = "department__";
const COMMITTEE: &str = "committee__";
const OCCASION: &str = "occasion__";
const YEAR: &str = "year__";
const CASE: &str = "case__";

impl FromQueryResult for ReportRow {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        let case = match row.try_get::<Option<Uuid>>(CASE, "id")? {
            Some(_) => Some(case_file::Model::from_query_result(row, CASE)?),
            None => None,
        };
        Ok(Self {
            report: department_report::Model::from_query_result(row, prefix)?,
            department: department::Model::from_query_result(row, DEPARTMENT)?,
            committee: committee::Model::from_query_result(row, COMMITTEE)?,
            occasion: reporting_occasion::Model::from_query_result(row, OCCASION)?,
            year: control_year::Model::from_query_result(row, YEAR)?,
            case,
        })
    }
}

/// The reports that the reader can see: where they read reports, what is laid before a committee that they read for,
/// and what is published.
pub(crate) fn visible_reports(reader: &Reader) -> Condition {
    use department_report::Column;
    let reach = reader.reach(Right::DepartmentReportRead);
    if reach.everywhere {
        return Condition::all();
    }
    Condition::any()
        .add(reader.within(
            Right::DepartmentReportRead,
            Column::DepartmentId.as_column_ref(),
            None::<ColumnRef>,
        ))
        .add(laid_before(reader))
}

/// The reports that were laid before a committee which the reader reads for, or published: what somebody outside the
/// department sees of it, and what of its follow-ups they see through it.
pub(crate) fn laid_before(reader: &Reader) -> Condition {
    use department_report::Column;
    let reach = reader.reach(Right::DepartmentReportRead);
    let mut laid = Condition::all().add(Column::Status.is_in(LAID));
    if !reach.every_committee {
        laid = laid.add(reader.any_of(Column::CommitteeId.as_column_ref(), reach.committees));
    }
    Condition::any().add(laid).add(Column::PublishedAt.is_not_null())
}

/// The report with this id, if the reader can see it.
pub(crate) async fn visible_report(reader: &Reader, id: Uuid) -> Result<Option<department_report::Model>, StoreError> {
    Ok(reader
        .find::<department_report::Entity>()
        .filter(department_report::Column::Id.eq(id))
        .filter(visible_reports(reader))
        .one(reader.session())
        .await?)
}

/// Whether one of these reports was submitted at a moment or after it, and is still: whether the reader sees it or not.
pub(crate) async fn submitted_since(
    reader: &Reader,
    reports: Vec<Reported>,
    moment: DateTime<Utc>,
) -> Result<bool, StoreError> {
    use department_report::{Column, Entity};
    if reports.is_empty() {
        return Ok(false);
    }
    let one_of = reports
        .into_iter()
        .fold(Condition::any(), |any, reported| match reported {
            Reported::One(id) => any.add(Column::Id.eq(id)),
            Reported::Every {
                department_id,
                control_year_id,
            } => any.add(
                Condition::all()
                    .add(Column::DepartmentId.eq(department_id))
                    .add(Column::ControlYearId.eq(control_year_id)),
            ),
        });
    let found = reader
        .find::<Entity>()
        .select_only()
        .column(Column::Id)
        .filter(one_of)
        .filter(Column::SubmittedAt.gte(moment))
        .limit(1)
        .into_tuple::<Uuid>()
        .one(reader.session())
        .await?;
    Ok(found.is_some())
}

/// The reports that the reader can see, with the rows that they refer to.
fn reports(reader: &Reader) -> Select<department_report::Entity> {
    any_reports(reader).filter(visible_reports(reader))
}

/// The municipality's reports with the rows that they refer to: not yet restricted to those that the reader sees.
fn any_reports(reader: &Reader) -> Select<department_report::Entity> {
    use department_report::{Column, Entity};
    let select = reader.find::<Entity>().select_only();
    // The frozen content is large: only who asks for it reads it.
    let select = select
        .columns(Column::iter().filter(|column| !matches!(column, Column::Frozen)))
        .column_as(Expr::cust("NULL"), Column::Frozen);
    let inner = JoinType::InnerJoin;
    let select = join::<Entity, department::Entity>(select, inner, Column::DepartmentId, department::Column::Id);
    let select = join::<Entity, committee::Entity>(select, inner, Column::CommitteeId, committee::Column::Id);
    let select =
        join::<Entity, reporting_occasion::Entity>(select, inner, Column::OccasionId, reporting_occasion::Column::Id);
    let select = join::<Entity, control_year::Entity>(select, inner, Column::ControlYearId, control_year::Column::Id);
    let select =
        join::<Entity, case_file::Entity>(select, JoinType::LeftJoin, Column::CaseFileId, case_file::Column::Id);
    let select = with_columns::<_, department::Entity>(select, DEPARTMENT);
    let select = with_columns::<_, committee::Entity>(select, COMMITTEE);
    let select = with_columns::<_, reporting_occasion::Entity>(select, OCCASION);
    let select = with_columns::<_, control_year::Entity>(select, YEAR);
    with_columns::<_, case_file::Entity>(select, CASE)
}

/// Which report of a department's is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ReportKey {
    pub(crate) year: i32,
    /// The occasion's code; none for the year's last.
    pub(crate) occasion: Option<String>,
    /// The committee's code; none where there is only one.
    pub(crate) committee: Option<String>,
}

impl ReportKey {
    fn narrow(&self, reader: &Reader, select: Select<department_report::Entity>) -> Select<department_report::Entity> {
        let select = select.filter(control_year::Column::Year.eq(self.year));
        let select = match &self.occasion {
            Some(code) => select.filter(reporting_occasion::Column::Code.eq(code)),
            None => select.filter(last_of_its_year(reader)),
        };
        let select = match &self.committee {
            Some(code) => select.filter(committee::Column::Code.eq(code)),
            None => select,
        };
        select.order_by_asc(committee::Column::Code)
    }
}

/// That the joined occasion is the last of its year.
pub(super) fn last_of_its_year(reader: &Reader) -> Expr {
    use reporting_occasion::Column;
    let last = Query::select()
        .expr(Expr::col(("later", Column::Position)).max())
        .from_as(reporting_occasion::Entity, "later")
        .and_where(Expr::col(("later", Column::MunicipalityId)).eq(reader.municipality_id()))
        .and_where(Expr::col(("later", Column::ControlYearId)).equals(control_year::Column::Id.as_column_ref()))
        .to_owned();
    Expr::col(Column::Position.as_column_ref()).eq(Expr::SubQuery(None, Box::new(last.into())))
}

/// The reports that a department's code and a key mean: several where it answers to several committees.
pub(in crate::reporting) async fn reports_by_code(
    reader: &Reader,
    department: &str,
    key: &ReportKey,
) -> Result<Vec<ReportRow>, StoreError> {
    let select = reports(reader).filter(department::Column::Code.eq(department));
    Ok(key
        .narrow(reader, select)
        .into_model::<ReportRow>()
        .all(reader.session())
        .await?)
}

/// Reports by id.
pub(crate) async fn reports_by_id(reader: &Reader, ids: Vec<Uuid>) -> Result<Vec<(Uuid, ReportRow)>, StoreError> {
    let rows = reports(reader)
        .filter(reader.any_of(department_report::Column::Id.as_column_ref(), ids))
        .into_model::<ReportRow>()
        .all(reader.session())
        .await?;
    Ok(rows.into_iter().map(|row| (row.report.id, row)).collect())
}

/// The report of a department to a committee at an occasion, whether the reader can see it or not: there is only one.
pub(in crate::reporting) async fn report_of(
    reader: &Reader,
    department_id: Uuid,
    committee_id: Uuid,
    occasion_id: Uuid,
) -> Result<Option<department_report::Model>, StoreError> {
    use department_report::Column;
    Ok(reader
        .find::<department_report::Entity>()
        .filter(Column::DepartmentId.eq(department_id))
        .filter(Column::CommitteeId.eq(committee_id))
        .filter(Column::OccasionId.eq(occasion_id))
        .one(reader.session())
        .await?)
}

/// All reports at an occasion with their departments and committees, in the departments' order, whether the reader can see
/// them or not: for what tells how far each has come.
pub(super) async fn all_reports_at(
    reader: &Reader,
    occasion_id: Uuid,
) -> Result<Vec<(department_report::Model, department::Model, committee::Model)>, StoreError> {
    use department_report::Column;
    let rows = any_reports(reader)
        .filter(Column::OccasionId.eq(occasion_id))
        .order_by_asc(department::Column::Position)
        .order_by_asc(department::Column::NameKey)
        .order_by_asc(Column::Id)
        .into_model::<ReportRow>()
        .all(reader.session())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.report, row.department, row.committee))
        .collect())
}

/// Who has written on a report.
pub(in crate::reporting) async fn authors(reader: &Reader, report_id: Uuid) -> Result<Vec<Uuid>, StoreError> {
    let found = reader
        .find::<report_author::Entity>()
        .filter(report_author::Column::DepartmentReportId.eq(report_id))
        .all(reader.session())
        .await?;
    Ok(found.into_iter().map(|author| author.user_id).collect())
}

/// Where a report is acted on, and who has written on it. `None` when the reader does not see it.
pub(crate) async fn acted_on(reader: &Reader, report_id: Uuid) -> Result<Option<ActedOn>, StoreError> {
    let Some(report) = visible_report(reader, report_id).await? else {
        return Ok(None);
    };
    let authors = authors(reader, report_id).await?.into_iter().map(Some).collect();
    Ok(Some(ActedOn {
        place: Place::Department(report.department_id),
        duties: Some((Duties::WriteAndPropose, authors)),
    }))
}

/// The reports of departments that a key means.
#[derive(Clone, Debug)]
pub(crate) struct ReportsOfDepartment(pub(crate) ReportKey);

impl Relation for ReportsOfDepartment {
    type Parent = department::Model;
    type Child = ReportRow;

    fn key(department: &department::Model) -> Option<Uuid> {
        Some(department.id)
    }

    fn arguments(&self) -> String {
        format!("{:?}", self.0)
    }

    async fn load(&self, reader: &Reader, keys: Vec<Uuid>) -> Result<Vec<(Uuid, ReportRow)>, StoreError> {
        let select =
            reports(reader).filter(reader.any_of(department_report::Column::DepartmentId.as_column_ref(), keys));
        let rows = self
            .0
            .narrow(reader, select)
            .into_model::<ReportRow>()
            .all(reader.session())
            .await?;
        Ok(rows.into_iter().map(|row| (row.report.department_id, row)).collect())
    }
}

/// A year's occasions: the same for all departments of a municipality.
#[derive(Clone, Copy, Debug)]
pub(in crate::reporting) struct OccasionsOfYear(pub(in crate::reporting) i32);

impl Relation for OccasionsOfYear {
    type Parent = department::Model;
    type Child = reporting_occasion::Model;

    fn key(department: &department::Model) -> Option<Uuid> {
        Some(department.municipality_id)
    }

    fn arguments(&self) -> String {
        self.0.to_string()
    }

    async fn load(
        &self,
        reader: &Reader,
        _keys: Vec<Uuid>,
    ) -> Result<Vec<(Uuid, reporting_occasion::Model)>, StoreError> {
        let Some(year) = planning::year_by_number(reader, self.0).await? else {
            return Ok(Vec::new());
        };
        let occasions = planning::occasions_of_year(reader, year.id).await?;
        Ok(occasions
            .into_iter()
            .map(|occasion| (occasion.municipality_id, occasion))
            .collect())
    }
}

relation! {
    /// The follow-ups that reports are about, in the order of the department's plan.
    FollowUpsOfReport: ReportRow => FollowUpRow,
    |row| Some(row.report.id), follow_ups_of_reports
}

async fn follow_ups_of_reports(reader: &Reader, keys: Vec<Uuid>) -> Result<Vec<(Uuid, FollowUpRow)>, StoreError> {
    let rows = of_reports(reader, follow_up_rows(reader), keys)
        .filter(visible_follow_ups(reader))
        .column_as(department_report::Column::Id, Keyed::<FollowUpRow>::KEY)
        .order_by_asc(plan_point::Column::Number)
        .order_by_asc(follow_up::Column::Id)
        .into_model::<Keyed<FollowUpRow>>()
        .all(reader.session())
        .await?;
    Ok(rows.into_iter().map(Keyed::pair).collect())
}

/// The follow-ups that reports are about: their department's of their year, as far as they are reported to their
/// committee at their occasion.
pub(super) fn of_reports(
    reader: &Reader,
    follow_ups: Select<follow_up::Entity>,
    reports: Vec<Uuid>,
) -> Select<follow_up::Entity> {
    use department_report::Column;
    let same = |theirs: Column, ours: follow_up::Column| Expr::col(theirs.as_column_ref()).equals(ours.as_column_ref());
    let of_report = same(Column::MunicipalityId, follow_up::Column::MunicipalityId)
        .and(same(Column::DepartmentId, follow_up::Column::DepartmentId))
        .and(same(Column::ControlYearId, follow_up::Column::ControlYearId));
    let mut select = follow_ups;
    QueryTrait::query(&mut select).join(JoinType::InnerJoin, department_report::Entity, of_report);
    let its_occasion =
        Expr::col(reporting_occasion::Column::Id.as_column_ref()).equals(Column::OccasionId.as_column_ref());
    let day = planning::organisation_day_at(reader, its_occasion);
    select
        .filter(reader.any_of(Column::Id.as_column_ref(), reports))
        .filter(planning::follow_up_reported_to(
            reader,
            Column::CommitteeId.into_expr(),
            day,
        ))
}

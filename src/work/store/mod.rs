//! Reading what there is to do: one statement over all the rooms that work comes from.

mod arm;

use self::arm::{Arm, column, none};
use super::rules::WorkItemKind;
use crate::{
    access::{Reader, Right},
    database::{Page, PageError, Slice, SortKey, count_of, page_of},
    follow_up::visible_follow_ups,
    reporting::visible_reports,
};
use chrono::NaiveDate;
use entity::{
    CorrectiveActionStatus, FollowUpStatus, ReportStatus, assessment, control_point, corrective_action, department,
    department_report, exemption, follow_up, report_author, reporting_occasion,
};
use sea_orm::{
    ColumnTrait, Condition, DbErr, FromQueryResult, JoinType, QueryResult,
    sea_query::{ColumnRef, Expr, ExprTrait, Query, SelectStatement, UnionType},
};
use uuid::Uuid;

/// Something to do.
#[derive(Clone, Debug)]
pub(super) struct WorkRow {
    pub(super) kind: WorkItemKind,
    pub(super) due_on: Option<NaiveDate>,
    pub(super) about: String,
    pub(super) department: String,
    pub(super) occasion: Option<String>,
    pub(super) follow_up_id: Option<Uuid>,
    pub(super) report_id: Option<Uuid>,
    pub(super) action_id: Option<Uuid>,
}

impl FromQueryResult for WorkRow {
    fn from_query_result(row: &QueryResult, _prefix: &str) -> Result<Self, DbErr> {
        let rank: i32 = row.try_get("", "kind")?;
        Ok(Self {
            kind: WorkItemKind::at(rank).ok_or_else(|| DbErr::Type(format!("no kind of work is {rank}")))?,
            due_on: row.try_get("", "due_on")?,
            about: row.try_get("", "about")?,
            department: row.try_get("", "department")?,
            occasion: row.try_get("", "occasion")?,
            follow_up_id: row.try_get("", "follow_up_id")?,
            report_id: row.try_get("", "report_id")?,
            action_id: row.try_get("", "action_id")?,
        })
    }
}

/// The columns of [`WorkRow`] and of its order, in the order in which each arm selects them.
const COLUMNS: [&str; 11] = [
    "kind",
    "due_key",
    "due_on",
    "subject_id",
    "occasion_id",
    "about",
    "department",
    "occasion",
    "follow_up_id",
    "report_id",
    "action_id",
];

/// A page of what the reader has to do, and how much there is when that is wanted.
pub(super) async fn work_page(reader: &Reader, wanted: &Page, total: bool) -> Result<(Slice<WorkRow>, i32), PageError> {
    let Some(work) = work(reader) else {
        let none = Slice {
            rows: Vec::new(),
            has_previous: false,
            has_next: false,
        };
        return Ok((none, 0));
    };
    let order = [
        SortKey::date(Expr::col("due_key")),
        SortKey::number(Expr::col("kind")),
        SortKey::id(Expr::col("subject_id")),
        SortKey::id(Expr::col("occasion_id")),
    ];
    let count = if total {
        count_of(reader.session(), work.clone()).await?
    } else {
        0
    };
    let slice = page_of(reader.session(), work, "myWork", &order, wanted).await?;
    Ok((slice, count))
}

/// Everything that the reader has to do; `None` for the public, who has nothing to.
fn work(reader: &Reader) -> Option<SelectStatement> {
    let user_id = reader.actor().user_id()?;
    let mut arms = [
        assess(reader),
        review(reader, user_id),
        mend(reader),
        report(
            reader,
            WorkItemKind::SubmitReport,
            in_departments(reader, Right::DepartmentReportSubmit, ReportStatus::Draft),
        ),
        report(
            reader,
            WorkItemKind::ProposeReport,
            in_departments(reader, Right::DepartmentReportPropose, ReportStatus::Submitted)
                .add(Expr::exists(written_by(reader, user_id)).not()),
        ),
        report(reader, WorkItemKind::RecordDecision, before_committees(reader)),
        report(
            reader,
            WorkItemKind::PublishReport,
            in_departments(reader, Right::DepartmentReportPublish, ReportStatus::Decided)
                .add(department_report::Column::PublishedAt.is_null()),
        ),
    ]
    .into_iter();
    let mut union = arms.next()?;
    for arm in arms {
        union.union(UnionType::All, arm);
    }
    let mut work = Query::select();
    work.columns(COLUMNS).from_subquery(union, "work");
    Some(work)
}

/// Follow-ups that the reader is to assess at an occasion of a year that is not closed.
fn assess(reader: &Reader) -> SelectStatement {
    let open = [FollowUpStatus::NotStarted, FollowUpStatus::InProgress];
    let mut arm = Arm::from(reader, follow_up::Entity)
        .join(
            JoinType::InnerJoin,
            reporting_occasion::Entity,
            reporting_occasion::Column::ControlYearId,
            follow_up::Column::ControlYearId,
        )
        .of_open_year();
    arm.query
        .left_join(
            assessment::Entity,
            assessment::Column::MunicipalityId
                .eq(reader.municipality_id())
                .and(column(assessment::Column::FollowUpId).equals(follow_up::Column::Id.as_column_ref()))
                .and(column(assessment::Column::OccasionId).equals(reporting_occasion::Column::Id.as_column_ref())),
        )
        .left_join(
            exemption::Entity,
            exemption::Column::MunicipalityId
                .eq(reader.municipality_id())
                .and(
                    column(exemption::Column::ControlPointId).equals(follow_up::Column::ControlPointId.as_column_ref()),
                )
                .and(column(exemption::Column::DepartmentId).equals(follow_up::Column::DepartmentId.as_column_ref())),
        );
    arm.filter(
        Condition::all()
            .add(
                Condition::any()
                    .add(assessment::Column::Status.is_null())
                    .add(assessment::Column::Status.is_in(open)),
            )
            .add(exemption::Column::Id.is_null()),
    )
    .filter(of_follow_up(reader, Right::AssessmentAssess))
    .selecting(
        WorkItemKind::Assess,
        reporting_occasion::Column::DueOn,
        [
            column(follow_up::Column::Id),
            column(reporting_occasion::Column::Id),
            column(control_point::Column::Title),
            column(department::Column::Code),
            column(reporting_occasion::Column::Label),
            column(follow_up::Column::Id),
            none("uuid"),
            none("uuid"),
        ],
    )
}

/// Assessments by somebody else that the reader is to review.
fn review(reader: &Reader, user_id: Uuid) -> SelectStatement {
    use assessment::Column;
    let inner = JoinType::InnerJoin;
    Arm::from(reader, assessment::Entity)
        .join(inner, follow_up::Entity, follow_up::Column::Id, Column::FollowUpId)
        .join(
            inner,
            reporting_occasion::Entity,
            reporting_occasion::Column::Id,
            Column::OccasionId,
        )
        .of_open_year()
        .filter(
            Condition::all().add(Column::Status.eq(FollowUpStatus::Assessed)).add(
                Condition::any()
                    .add(Column::AssessedBy.is_null())
                    .add(Column::AssessedBy.ne(user_id)),
            ),
        )
        .filter(of_follow_up(reader, Right::AssessmentReview))
        .selecting(
            WorkItemKind::Review,
            reporting_occasion::Column::DueOn,
            [
                column(Column::Id),
                column(Column::OccasionId),
                column(control_point::Column::Title),
                column(department::Column::Code),
                column(reporting_occasion::Column::Label),
                column(follow_up::Column::Id),
                none("uuid"),
                none("uuid"),
            ],
        )
}

/// Open corrective actions of follow-ups where the reader registers what is done. An action's own title may be
/// confidential: it is told by what it is about.
fn mend(reader: &Reader) -> SelectStatement {
    use corrective_action::Column;
    let inner = JoinType::InnerJoin;
    Arm::from(reader, corrective_action::Entity)
        .join(inner, follow_up::Entity, follow_up::Column::Id, Column::FollowUpId)
        .of_point_and_department()
        .filter(
            Condition::all()
                .add(Column::Status.is_in([CorrectiveActionStatus::Planned, CorrectiveActionStatus::Ongoing])),
        )
        .filter(of_follow_up(reader, Right::EvidenceWrite))
        .selecting(
            WorkItemKind::MendAction,
            Column::DueOn,
            [
                column(Column::Id),
                column(Column::Id),
                column(control_point::Column::Title),
                column(department::Column::Code),
                none("text"),
                column(follow_up::Column::Id),
                none("uuid"),
                column(Column::Id),
            ],
        )
}

/// Reports that the reader is to take a step further.
fn report(reader: &Reader, kind: WorkItemKind, condition: Condition) -> SelectStatement {
    use department_report::Column;
    let inner = JoinType::InnerJoin;
    Arm::from(reader, department_report::Entity)
        .join(
            inner,
            reporting_occasion::Entity,
            reporting_occasion::Column::Id,
            Column::OccasionId,
        )
        .join(inner, department::Entity, department::Column::Id, Column::DepartmentId)
        .filter(condition)
        .filter(visible_reports(reader))
        .selecting(
            kind,
            reporting_occasion::Column::DueOn,
            [
                column(Column::Id),
                column(Column::OccasionId),
                column(Column::Title),
                column(department::Column::Code),
                column(reporting_occasion::Column::Label),
                none("uuid"),
                column(Column::Id),
                none("uuid"),
            ],
        )
}

/// The follow-ups where the reader has a right, as far as they see them.
fn of_follow_up(reader: &Reader, right: Right) -> Condition {
    Condition::all()
        .add(reader.within(
            right,
            follow_up::Column::DepartmentId.as_column_ref(),
            Some(follow_up::Column::Id.as_column_ref()),
        ))
        .add(visible_follow_ups(reader))
}

/// The reports with a status where the reader has a right in the department.
fn in_departments(reader: &Reader, right: Right, status: ReportStatus) -> Condition {
    use department_report::Column;
    Condition::all().add(Column::Status.eq(status)).add(reader.within(
        right,
        Column::DepartmentId.as_column_ref(),
        None::<ColumnRef>,
    ))
}

/// The reports that lie before a committee which the reader records for.
fn before_committees(reader: &Reader) -> Condition {
    use department_report::Column;
    let laid = Condition::all().add(Column::Status.is_in([ReportStatus::Proposed, ReportStatus::Recommended]));
    let reach = reader.reach(Right::DecisionRecord);
    if reach.everywhere {
        return laid;
    }
    laid.add(reader.any_of(Column::CommitteeId.as_column_ref(), reach.committees))
}

fn written_by(reader: &Reader, user_id: Uuid) -> SelectStatement {
    use report_author::Column;
    Query::select()
        .expr(Expr::cust("1"))
        .from(report_author::Entity)
        .and_where(Column::MunicipalityId.eq(reader.municipality_id()))
        .and_where(column(Column::DepartmentReportId).equals(department_report::Column::Id.as_column_ref()))
        .and_where(Column::UserId.eq(user_id))
        .to_owned()
}

//! Department reports on their way from the first draft to the public.

use super::arm::{Arm, Told, column, has, in_department, none, same};
use crate::{
    access::{Reader, Right},
    planning::{organisation_day_sql, reported_first, reported_to, visible_plans},
    reporting::visible_reports,
};
use entity::{
    ControlPlanStatus, ControlScope, ControlYearPhase, ReportStatus, WorkItemKind, committee, control_plan,
    control_year, department_report, report_author, reporting_occasion,
};
use sea_orm::{
    ColumnTrait, Condition, JoinType,
    sea_query::{Expr, ExprTrait, Query, SelectStatement},
};
use uuid::Uuid;

const INNER: JoinType = JoinType::InnerJoin;

pub(super) fn arms(reader: &Reader, user_id: Uuid) -> Vec<SelectStatement> {
    use department_report::Column;
    let mut arms = Vec::new();
    let mut add = |kind: WorkItemKind, right: Right, status: ReportStatus, more: Condition| {
        if has(reader, right) {
            let reach = in_department(reader, right, Column::DepartmentId.as_column_ref());
            let condition = Condition::all().add(Column::Status.eq(status)).add(reach).add(more);
            arms.push(report(reader, kind, condition));
        }
    };
    add(
        WorkItemKind::SubmitReport,
        Right::DepartmentReportSubmit,
        ReportStatus::Draft,
        Condition::all(),
    );
    add(
        WorkItemKind::ReopenReport,
        Right::DepartmentReportWrite,
        ReportStatus::ReferredBack,
        Condition::all(),
    );
    add(
        WorkItemKind::ProposeReport,
        Right::DepartmentReportPropose,
        ReportStatus::Submitted,
        proposable(reader, user_id),
    );
    add(
        WorkItemKind::PublishReport,
        Right::DepartmentReportPublish,
        ReportStatus::Decided,
        Condition::all().add(Column::PublishedAt.is_null()),
    );
    if has(reader, Right::DecisionRecord) {
        arms.push(report(reader, WorkItemKind::RecordDecision, before_committees(reader)));
    }
    if has(reader, Right::DepartmentReportWrite) {
        arms.push(begin(reader));
    }
    arms
}

/// Reports that the reader is to take a step further.
fn report(reader: &Reader, kind: WorkItemKind, condition: Condition) -> SelectStatement {
    use department_report::Column;
    let arm = Arm::from(reader, department_report::Entity);
    // In a closed year, decisions still move, and what was decided is published.
    let arm = match kind {
        WorkItemKind::RecordDecision | WorkItemKind::PublishReport => arm,
        _ => arm.in_open_year(Column::ControlYearId),
    };
    arm.join(
        INNER,
        reporting_occasion::Entity,
        reporting_occasion::Column::Id,
        Column::OccasionId,
    )
    .of_department(Column::DepartmentId)
    .filter(condition)
    .filter(visible_reports(reader))
    .selecting(kind, told(column(Column::Id), column(Column::Title)))
}

/// Reports that are not begun, of departments with an adopted plan: one for each occasion of a year under way and each
/// committee that is reported to then.
fn begin(reader: &Reader) -> SelectStatement {
    use control_plan::Column;
    use department_report::Column as Report;
    let begun = Query::select()
        .expr(Expr::cust("1"))
        .from(department_report::Entity)
        .and_where(Report::MunicipalityId.eq(reader.municipality_id()))
        .and_where(same(Report::DepartmentId, Column::DepartmentId))
        .and_where(
            Report::CommitteeId
                .into_expr()
                .eq(reported_to(reader, organisation_day_sql(reader))),
        )
        .and_where(same(Report::OccasionId, reporting_occasion::Column::Id))
        .to_owned();
    let own = Condition::all()
        .add(Column::Scope.eq(ControlScope::Department))
        .add(Column::DepartmentId.is_not_null())
        .add(in_department(
            reader,
            Right::DepartmentReportWrite,
            Column::DepartmentId.as_column_ref(),
        ))
        .add(reported_first(reader, organisation_day_sql(reader)));
    at_occasions(reader, WorkItemKind::BeginReport, own, begun)
}

/// The occasions of years under way, of adopted plans for which a condition holds, where there is nothing of `begun` yet.
pub(super) fn at_occasions(
    reader: &Reader,
    kind: WorkItemKind,
    plans: Condition,
    begun: SelectStatement,
) -> SelectStatement {
    use control_plan::Column;
    Arm::from(reader, control_plan::Entity)
        .in_open_year(Column::ControlYearId)
        .join(
            INNER,
            reporting_occasion::Entity,
            reporting_occasion::Column::ControlYearId,
            Column::ControlYearId,
        )
        .join(INNER, committee::Entity, committee::Column::Id, Column::CommitteeId)
        .of_department(Column::DepartmentId)
        .filter(plans)
        .filter(
            Condition::all()
                .add(control_year::Column::Phase.ne(ControlYearPhase::Preparing))
                .add(Column::Status.eq(ControlPlanStatus::Adopted))
                .add(visible_plans(reader))
                .add(Expr::exists(begun).not()),
        )
        .selecting(kind, told(column(Column::Id), super::plans::plan_title()))
}

/// What is told of something at the joined reporting occasion.
pub(super) fn told(subject: Expr, about: Expr) -> Told {
    Told {
        due_on: column(reporting_occasion::Column::DueOn),
        subject,
        occasion: column(reporting_occasion::Column::Id),
        about,
        label: column(reporting_occasion::Column::Label),
        follow_up: none("uuid"),
        marked: None,
    }
}

/// The reports that lie before a committee which the reader records for.
fn before_committees(reader: &Reader) -> Condition {
    use department_report::Column;
    let laid = Condition::all().add(Column::Status.is_in([ReportStatus::Proposed, ReportStatus::Recommended]));
    laid.add(super::of_committees(
        reader,
        Right::DecisionRecord,
        Column::CommitteeId.as_column_ref(),
    ))
}

/// The reports that the reader did not write on, and those of departments where the policy lets them propose their own.
fn proposable(reader: &Reader, user_id: Uuid) -> Condition {
    use report_author::Column;
    let own = Query::select()
        .expr(Expr::cust("1"))
        .from(report_author::Entity)
        .and_where(Column::MunicipalityId.eq(reader.municipality_id()))
        .and_where(same(Column::DepartmentReportId, department_report::Column::Id))
        .and_where(Column::UserId.eq(user_id))
        .to_owned();
    not_by(reader, own, department_report::Column::DepartmentId)
}

/// That there is nothing of `own`, which the reader wrote on a report, or that they may propose their own in its department.
pub(super) fn not_by(reader: &Reader, own: SelectStatement, department: impl ColumnTrait) -> Condition {
    let not_own = Condition::any().add(Expr::exists(own).not());
    if has(reader, Right::DepartmentReportProposeOwn) {
        return not_own.add(in_department(
            reader,
            Right::DepartmentReportProposeOwn,
            department.as_column_ref(),
        ));
    }
    not_own
}

use crate::{
    access::{Reader, flag, join},
    database::StoreError,
    planning,
    reporting::rules::PlannedPoint,
};
use entity::{
    FollowUpStatus, assessment, control_plan, control_point, department_report, exemption, follow_up, plan_point,
    report_gap, reporting_occasion,
};
use sea_orm::{
    ColumnTrait, Condition, FromQueryResult, JoinType, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

#[derive(FromQueryResult)]
struct Line {
    point_id: Uuid,
    number: i32,
    title: String,
    exemption_id: Option<Uuid>,
    status: Option<FollowUpStatus>,
    explanation: Option<String>,
    reported_here: i32,
}

/// The points that the department has to report to the report's committee, with their ids, and how far each has come at
/// the report's occasion; those too that are in its plan for that committee and count in another.
pub(in crate::reporting) async fn planned_points(
    reader: &Reader,
    report: &department_report::Model,
) -> Result<Vec<(Uuid, PlannedPoint)>, StoreError> {
    use control_plan::Column as Plan;
    let point_id = plan_point::Column::ControlPointId;
    let select = join::<plan_point::Entity, control_plan::Entity>(
        reader.find(),
        JoinType::InnerJoin,
        plan_point::Column::ControlPlanId,
        Plan::Id,
    );
    let select = join::<_, control_point::Entity>(select, JoinType::InnerJoin, point_id, control_point::Column::Id);
    let occasion = reporting_occasion::Column::Id.eq(report.occasion_id);
    let day = planning::organisation_day_at(reader, occasion);
    let reported_here = Condition::all()
        .add(planning::counts_here(reader, day.clone()))
        .add(planning::reported_to(reader, day).eq(report.committee_id));
    let mut select = select;
    let beside = Beside { reader };
    QueryTrait::query(&mut select)
        .left_join(
            exemption::Entity,
            beside
                .same(exemption::Column::MunicipalityId, exemption::Column::ControlPointId)
                .and(exemption::Column::DepartmentId.eq(report.department_id)),
        )
        .left_join(
            follow_up::Entity,
            beside
                .same(follow_up::Column::MunicipalityId, follow_up::Column::ControlPointId)
                .and(follow_up::Column::DepartmentId.eq(report.department_id)),
        )
        .left_join(
            assessment::Entity,
            assessment::Column::MunicipalityId
                .eq(reader.municipality_id())
                .and(
                    Expr::col(assessment::Column::FollowUpId.as_column_ref())
                        .equals(follow_up::Column::Id.as_column_ref()),
                )
                .and(assessment::Column::OccasionId.eq(report.occasion_id)),
        )
        .left_join(
            report_gap::Entity,
            beside
                .same(report_gap::Column::MunicipalityId, report_gap::Column::ControlPointId)
                .and(report_gap::Column::DepartmentReportId.eq(report.id)),
        );
    let lines = select
        .filter(Plan::ControlYearId.eq(report.control_year_id))
        .filter(Plan::DepartmentId.eq(report.department_id))
        .filter(planning::present())
        .filter(
            Condition::any()
                .add(Plan::CommitteeId.eq(report.committee_id))
                .add(reported_here.clone()),
        )
        .select_only()
        .column_as(point_id, "point_id")
        .column(plan_point::Column::Number)
        .column(control_point::Column::Title)
        .column_as(exemption::Column::Id, "exemption_id")
        .column_as(assessment::Column::Status, "status")
        .column_as(report_gap::Column::Explanation, "explanation")
        .column_as(flag(reported_here), "reported_here")
        .order_by_asc(plan_point::Column::Number)
        .order_by_asc(plan_point::Column::Id)
        .into_model::<Line>()
        .all(reader.session())
        .await?;
    Ok(lines
        .into_iter()
        .map(|line| {
            let point = PlannedPoint {
                number: line.number,
                title: line.title,
                exempt: line.exemption_id.is_some(),
                elsewhere: line.reported_here == 0,
                status: line.status,
                explanation: line.explanation,
            };
            (line.point_id, point)
        })
        .collect())
}

/// Joins beside a plan point's control point.
struct Beside<'a> {
    reader: &'a Reader,
}

impl Beside<'_> {
    fn same<C: ColumnTrait>(&self, municipality: C, point: C) -> Expr {
        municipality
            .eq(self.reader.municipality_id())
            .and(Expr::col(point.as_column_ref()).equals(plan_point::Column::ControlPointId.as_column_ref()))
    }
}

/// What a report says about a point that it lacks.
pub(in crate::reporting) async fn explained_gap(
    reader: &Reader,
    report_id: Uuid,
    point_id: Uuid,
) -> Result<Option<report_gap::Model>, StoreError> {
    Ok(reader
        .find::<report_gap::Entity>()
        .filter(report_gap::Column::DepartmentReportId.eq(report_id))
        .filter(report_gap::Column::ControlPointId.eq(point_id))
        .one(reader.session())
        .await?)
}

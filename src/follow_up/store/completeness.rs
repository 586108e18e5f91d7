use crate::{
    access::{Reader, join},
    database::StoreError,
};
use entity::{
    FollowUpStatus, assessment, control_plan, control_point, exemption, follow_up, plan_point, reporting_occasion,
};
use sea_orm::{
    ColumnTrait, Condition, FromQueryResult, JoinType, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Alias, Expr, ExprTrait, Query, SimpleExpr},
};
use uuid::Uuid;

/// A control point that a department has not reported at an occasion.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub(crate) struct Unreviewed {
    /// The point.
    pub(crate) control_point_id: Uuid,
    /// Its number in the department's plan.
    pub(crate) number: i32,
    /// Its title.
    pub(crate) title: String,
    /// How far its follow-up has come at the occasion; none while nothing was begun.
    pub(crate) status: Option<FollowUpStatus>,
}

/// The points in a department's plan of the occasion's year that apply to it and whose follow-up is not reviewed at
/// the occasion, in the plan's order. With a committee, of the plans that the department has under it.
///
/// It counts everything, whatever the reader sees: it is for those who write the department's report.
pub(crate) async fn unreviewed(
    reader: &Reader,
    department_id: Uuid,
    committee_id: Option<Uuid>,
    occasion: &reporting_occasion::Model,
) -> Result<Vec<Unreviewed>, StoreError> {
    let select = join::<_, control_plan::Entity>(
        reader.find::<plan_point::Entity>(),
        JoinType::InnerJoin,
        plan_point::Column::ControlPlanId,
        control_plan::Column::Id,
    );
    let mut select = join::<_, control_point::Entity>(
        select,
        JoinType::InnerJoin,
        plan_point::Column::ControlPointId,
        control_point::Column::Id,
    );
    let here = reader.municipality_id();
    QueryTrait::query(&mut select)
        .left_join(
            follow_up::Entity,
            Condition::all()
                .add(follow_up::Column::MunicipalityId.eq(here))
                .add(follow_up::Column::DepartmentId.eq(department_id))
                .add(
                    Expr::col(follow_up::Column::ControlPointId.as_column_ref())
                        .equals(plan_point::Column::ControlPointId.as_column_ref()),
                ),
        )
        .left_join(
            assessment::Entity,
            Condition::all()
                .add(assessment::Column::MunicipalityId.eq(here))
                .add(assessment::Column::OccasionId.eq(occasion.id))
                .add(
                    Expr::col(assessment::Column::FollowUpId.as_column_ref())
                        .equals(follow_up::Column::Id.as_column_ref()),
                ),
        );
    let mut select = select
        .filter(control_plan::Column::ControlYearId.eq(occasion.control_year_id))
        .filter(control_plan::Column::DepartmentId.eq(department_id))
        .filter(newer_version(reader).not())
        .filter(exempt(reader, department_id).not())
        .filter(
            assessment::Column::Status
                .is_null()
                .or(assessment::Column::Status.ne(FollowUpStatus::Reviewed)),
        );
    if let Some(committee_id) = committee_id {
        select = select.filter(control_plan::Column::CommitteeId.eq(committee_id));
    }
    Ok(select
        .select_only()
        .column(plan_point::Column::ControlPointId)
        .column(plan_point::Column::Number)
        .column(control_point::Column::Title)
        .column(assessment::Column::Status)
        .order_by_asc(plan_point::Column::Number)
        .order_by_asc(plan_point::Column::Id)
        .into_model::<Unreviewed>()
        .all(reader.session())
        .await?)
}

/// Whether there is a newer version of the joined plan.
fn newer_version(reader: &Reader) -> SimpleExpr {
    use control_plan::Column;
    let newer = Alias::new("newer_plan");
    let of_newer = |column: Column| Expr::col((newer.clone(), column));
    let same = |column: Column| of_newer(column).equals(column.as_column_ref());
    let found = Query::select()
        .expr(Expr::val(1))
        .from_as(control_plan::Entity, newer.clone())
        .and_where(of_newer(Column::MunicipalityId).eq(reader.municipality_id()))
        .and_where(same(Column::ControlYearId))
        .and_where(same(Column::Scope))
        .and_where(same(Column::CommitteeId))
        .and_where(same(Column::DepartmentId))
        .and_where(of_newer(Column::PlanVersion).gt(Expr::col(Column::PlanVersion.as_column_ref())))
        .to_owned();
    Expr::exists(found)
}

/// Whether the department is exempt from the joined point.
fn exempt(reader: &Reader, department_id: Uuid) -> SimpleExpr {
    use exemption::Column;
    let found = Query::select()
        .expr(Expr::val(1))
        .from(exemption::Entity)
        .and_where(Column::MunicipalityId.eq(reader.municipality_id()))
        .and_where(Column::DepartmentId.eq(department_id))
        .and_where(
            Expr::col(Column::ControlPointId.as_column_ref())
                .equals(plan_point::Column::ControlPointId.as_column_ref()),
        )
        .to_owned();
    Expr::exists(found)
}

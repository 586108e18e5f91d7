use super::{
    COUNT, DEPARTMENT, RollUpFilter, YEAR, at_occasion, by_department, committee_with, count, sum_where, tallies,
};
use crate::{
    access::{Reader, Right, join, join_joined},
    database::StoreError,
    planning::{counts_here, exempting, organisation_day_sql, present, reported_to},
};
use entity::{
    ControlScope, FollowUpStatus, assessment, check_department, check_follow_up, control_check, control_plan,
    control_point, control_year, department, follow_up, plan_point, reporting_occasion,
};
use sea_orm::{
    ColumnTrait, Condition, FromQueryResult, JoinType, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::{ColumnRef, Expr, ExprTrait, Query},
};

/// How far a department has come with the points of its plans at an occasion of a year.
#[derive(Clone, Debug)]
pub(in crate::reporting) struct CompletenessTally {
    pub(in crate::reporting) year: i32,
    pub(in crate::reporting) department: department::Model,
    /// The points that apply.
    pub(in crate::reporting) expected: i32,
    /// Those whose assessment is reviewed.
    pub(in crate::reporting) reported: i32,
    /// Those begun and not reviewed.
    pub(in crate::reporting) started: i32,
    /// Those not begun although the due date has passed.
    pub(in crate::reporting) missing: i32,
    /// Those without a check.
    pub(in crate::reporting) unchecked: i32,
}

/// How far each department has come in each year, in the municipality's order: of the points in its plans in force that
/// the reader follows up, and of the shared ones that they see in the joint follow-up.
pub(in crate::reporting) async fn completeness(
    reader: &Reader,
    filter: &RollUpFilter,
) -> Result<Vec<CompletenessTally>, StoreError> {
    use assessment::Column as Assessment;
    let reviewed = Condition::all().add(Assessment::Status.eq(FollowUpStatus::Reviewed));
    let begun = Condition::all().add(Assessment::Status.is_in([FollowUpStatus::InProgress, FollowUpStatus::Assessed]));
    let not_begun = Condition::any()
        .add(Assessment::Status.is_null())
        .add(Assessment::Status.eq(FollowUpStatus::NotStarted));
    let missing = Condition::all()
        .add(not_begun)
        .add(reporting_occasion::Column::DueOn.lt(reader.today()));
    let unchecked = checked(reader).not();
    let select = applicable_points(reader, filter)
        .select_only()
        .column_as(control_year::Column::Year, YEAR)
        .column_as(Expr::cust("COUNT(*)"), COUNT)
        .column_as(sum_where(reviewed), "reported")
        .column_as(sum_where(begun), "started")
        .column_as(sum_where(missing), "missing")
        .column_as(sum_where(unchecked), "unchecked")
        .group_by(control_year::Column::Year);
    tallies(reader, by_department(select), |row| {
        Ok(CompletenessTally {
            year: row.try_get("", YEAR)?,
            department: department::Model::from_query_result(row, DEPARTMENT)?,
            expected: count(row, COUNT)?,
            reported: count(row, "reported")?,
            started: count(row, "started")?,
            missing: count(row, "missing")?,
            unchecked: count(row, "unchecked")?,
        })
    })
    .await
}

/// The points of departments' plans in force from which they are not exempt, each with its follow-up and assessment at
/// the occasion, if there are any.
fn applicable_points(reader: &Reader, filter: &RollUpFilter) -> Select<plan_point::Entity> {
    use plan_point::Column;
    let inner = JoinType::InnerJoin;
    let select = reader.find::<plan_point::Entity>();
    let select = join::<_, control_plan::Entity>(select, inner, Column::ControlPlanId, control_plan::Column::Id);
    let select = join::<_, control_point::Entity>(select, inner, Column::ControlPointId, control_point::Column::Id);
    let select = join_joined::<_, control_plan::Entity, control_year::Entity>(
        select,
        inner,
        control_plan::Column::ControlYearId,
        control_year::Column::Id,
    );
    let select = join_joined::<_, control_plan::Entity, department::Entity>(
        select,
        inner,
        control_plan::Column::DepartmentId,
        department::Column::Id,
    );
    let mut select = join_joined::<_, control_year::Entity, reporting_occasion::Entity>(
        select,
        inner,
        control_year::Column::Id,
        reporting_occasion::Column::ControlYearId,
    );
    let its_follow_up = Condition::all()
        .add(follow_up::Column::MunicipalityId.eq(reader.municipality_id()))
        .add(same(follow_up::Column::ControlPointId, Column::ControlPointId))
        .add(same(
            follow_up::Column::DepartmentId,
            control_plan::Column::DepartmentId,
        ));
    let at_that_occasion = Condition::all()
        .add(assessment::Column::MunicipalityId.eq(reader.municipality_id()))
        .add(same(assessment::Column::FollowUpId, follow_up::Column::Id))
        .add(same(assessment::Column::OccasionId, reporting_occasion::Column::Id));
    QueryTrait::query(&mut select)
        .join(JoinType::LeftJoin, follow_up::Entity, its_follow_up)
        .join(JoinType::LeftJoin, assessment::Entity, at_that_occasion);
    let mut select = select
        .filter(control_year::Column::Year.is_in(filter.years.iter().copied()))
        .filter(at_occasion(reader, filter))
        .filter(present())
        .filter(counts_here(reader, organisation_day_sql(reader)))
        .filter(
            Expr::exists(exempting(
                reader,
                Column::ControlPointId,
                control_plan::Column::DepartmentId,
            ))
            .not(),
        )
        .filter(followed_by(reader));
    if let Some(scope) = filter.scope {
        select = select.filter(control_point::Column::Scope.eq(scope));
    }
    if let Some(code) = &filter.committee {
        select = select.filter(reported_to(reader, organisation_day_sql(reader)).eq(committee_with(reader, code)));
    }
    select
}

fn same<A: ColumnTrait, B: ColumnTrait>(theirs: A, ours: B) -> Expr {
    Expr::col(theirs.as_column_ref()).equals(ours.as_column_ref())
}

/// What the reader follows up: the departments where they read follow-ups, and the shared points of those that they see
/// in the joint follow-up.
fn followed_by(reader: &Reader) -> Condition {
    let department = || control_plan::Column::DepartmentId.as_column_ref();
    let joint = reader.reach(Right::JointFollowUpRead);
    let mut shared = Condition::all().add(control_point::Column::Scope.eq(ControlScope::Shared));
    if !joint.everywhere && !joint.every_committee {
        shared = shared.add(reader.any_of(department(), joint.departments));
    }
    Condition::any()
        .add(reader.within(Right::FollowUpRead, department(), None::<ColumnRef>))
        .add(shared)
}

/// That the joined follow-up shows a check. A department that has not begun one has the checks that were performed for it
/// centrally.
fn checked(reader: &Reader) -> Condition {
    use check_follow_up::Column;
    let shown = Query::select()
        .expr(Expr::val(1))
        .from(check_follow_up::Entity)
        .and_where(Column::MunicipalityId.eq(reader.municipality_id()))
        .and_where(same(Column::FollowUpId, follow_up::Column::Id))
        .to_owned();
    let for_all = Query::select()
        .expr(Expr::val(1))
        .from(control_check::Entity)
        .and_where(control_check::Column::MunicipalityId.eq(reader.municipality_id()))
        .and_where(same(
            control_check::Column::ControlPointId,
            plan_point::Column::ControlPointId,
        ))
        .and_where(control_check::Column::ForAll.eq(true))
        .to_owned();
    let named = Query::select()
        .expr(Expr::val(1))
        .from(check_department::Entity)
        .inner_join(
            control_check::Entity,
            control_check::Column::MunicipalityId
                .eq(reader.municipality_id())
                .and(same(
                    control_check::Column::Id,
                    check_department::Column::ControlCheckId,
                ))
                .and(same(
                    control_check::Column::ControlPointId,
                    plan_point::Column::ControlPointId,
                )),
        )
        .and_where(check_department::Column::MunicipalityId.eq(reader.municipality_id()))
        .and_where(same(
            check_department::Column::DepartmentId,
            control_plan::Column::DepartmentId,
        ))
        .to_owned();
    Condition::any()
        .add(Expr::exists(shown))
        .add(Expr::exists(for_all))
        .add(Expr::exists(named))
}

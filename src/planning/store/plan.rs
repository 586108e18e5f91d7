//! Control plans and the points in them.

use super::{
    counting::counts_here,
    in_force::{ADOPTED, in_force, present},
    visible::visible_plans,
};
use crate::{
    access::{Reader, join, keyed, referring, rows_by_id, visible_rows_by_id},
    database::StoreError,
    graphql::Relation,
    relation,
};
use chrono::NaiveDate;
use entity::{
    ControlPlanStatus, ControlScope, committee, control_plan, control_point, control_year, department, exemption,
    follow_up, plan_point,
};
use sea_orm::{
    ColumnTrait, Condition, JoinType, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement, SimpleExpr},
};
use std::collections::HashSet;
use uuid::Uuid;

/// The latest version of a plan; the shared plan is the year's, whichever committee's it is.
pub(in crate::planning) async fn latest_plan(
    reader: &Reader,
    control_year_id: Uuid,
    scope: ControlScope,
    committee_id: Uuid,
    department_id: Option<Uuid>,
) -> Result<Option<control_plan::Model>, StoreError> {
    use control_plan::Column;
    let mut select = reader
        .find::<control_plan::Entity>()
        .filter(Column::ControlYearId.eq(control_year_id))
        .filter(Column::Scope.eq(scope));
    if scope == ControlScope::Department {
        select = select
            .filter(Column::CommitteeId.eq(committee_id))
            .filter(department_id.map_or_else(|| Column::DepartmentId.is_null(), |id| Column::DepartmentId.eq(id)));
    }
    Ok(select
        .order_by_desc(Column::PlanVersion)
        .limit(1)
        .one(reader.session())
        .await?)
}

/// The version that supersedes a plan, or will when it is adopted.
pub(in crate::planning) async fn newer_version(
    reader: &Reader,
    plan_id: Uuid,
) -> Result<Option<control_plan::Model>, StoreError> {
    Ok(reader
        .find::<control_plan::Entity>()
        .filter(control_plan::Column::SupersedesId.eq(plan_id))
        .one(reader.session())
        .await?)
}

/// All places in a plan by number, those of points that its department is exempt from among them.
pub(in crate::planning) async fn points_of_plan(
    reader: &Reader,
    plan_id: Uuid,
) -> Result<Vec<plan_point::Model>, StoreError> {
    Ok(reader
        .find::<plan_point::Entity>()
        .filter(plan_point::Column::ControlPlanId.eq(plan_id))
        .order_by_asc(plan_point::Column::Number)
        .all(reader.session())
        .await?)
}

/// All places in plans by number, each with its plan's id.
pub(in crate::planning) async fn places_of_plans(
    reader: &Reader,
    plans: Vec<Uuid>,
) -> Result<Vec<(Uuid, plan_point::Model)>, StoreError> {
    use plan_point::Column;
    let rows = referring::<plan_point::Entity>(reader, Column::ControlPlanId, plans)
        .order_by_asc(Column::Number)
        .all(reader.session())
        .await?;
    Ok(keyed(rows, Column::ControlPlanId))
}

/// The plans of departments in a year that are not closed, revisions that are being made among them.
pub(in crate::planning) async fn open_department_plans(
    reader: &Reader,
    control_year_id: Uuid,
) -> Result<Vec<control_plan::Model>, StoreError> {
    use control_plan::Column;
    Ok(reader
        .find::<control_plan::Entity>()
        .filter(Column::ControlYearId.eq(control_year_id))
        .filter(Column::Scope.eq(ControlScope::Department))
        .filter(Column::DepartmentId.is_not_null())
        .filter(Column::Status.ne(ControlPlanStatus::Closed))
        .order_by_asc(Column::Id)
        .all(reader.session())
        .await?)
}

/// The shared plan that is in force in a year.
pub(in crate::planning) async fn shared_plan_in_force(
    reader: &Reader,
    control_year_id: Uuid,
) -> Result<Option<control_plan::Model>, StoreError> {
    use control_plan::Column;
    Ok(reader
        .find::<control_plan::Entity>()
        .filter(Column::ControlYearId.eq(control_year_id))
        .filter(Column::Scope.eq(ControlScope::Shared))
        .filter(in_force())
        .one(reader.session())
        .await?)
}

/// Which of the points are followed up by which departments, in the year that the points are of.
pub(in crate::planning) async fn begun(
    reader: &Reader,
    points: Vec<Uuid>,
) -> Result<HashSet<(Uuid, Uuid)>, StoreError> {
    use follow_up::Column;
    let found: Vec<(Uuid, Uuid)> = referring::<follow_up::Entity>(reader, Column::ControlPointId, points)
        .select_only()
        .columns([Column::ControlPointId, Column::DepartmentId])
        .into_tuple()
        .all(reader.session())
        .await?;
    Ok(found.into_iter().collect())
}

/// Whether a department is exempt from a shared point.
pub(crate) async fn is_exempt(reader: &Reader, point_id: Uuid, department_id: Uuid) -> Result<bool, StoreError> {
    Ok(reader
        .find::<exemption::Entity>()
        .filter(exemption::Column::ControlPointId.eq(point_id))
        .filter(exemption::Column::DepartmentId.eq(department_id))
        .one(reader.session())
        .await?
        .is_some())
}

/// That a point applies to a department: it has a place in a plan of the department, in its [`present`] version, and the
/// department is not exempt from it. Both are columns of the statement that this is a condition of.
pub(crate) fn applies_to(reader: &Reader, point: impl ColumnTrait, department: impl ColumnTrait) -> Condition {
    use control_plan::Column as Plan;
    let placed = Query::select()
        .expr(Expr::val(1))
        .from(plan_point::Entity)
        .inner_join(
            control_plan::Entity,
            Plan::MunicipalityId
                .eq(reader.municipality_id())
                .and(Expr::col(Plan::Id.as_column_ref()).equals(plan_point::Column::ControlPlanId.as_column_ref())),
        )
        .and_where(plan_point::Column::MunicipalityId.eq(reader.municipality_id()))
        .and_where(Expr::col(plan_point::Column::ControlPointId.as_column_ref()).equals(point.as_column_ref()))
        .and_where(Expr::col(Plan::DepartmentId.as_column_ref()).equals(department.as_column_ref()))
        .cond_where(present())
        .to_owned();
    Condition::all()
        .add(Expr::exists(placed))
        .add(Expr::exists(exempting(reader, point, department)).not())
}

/// The departments with a point in a plan, in its [`present`] version, without those that are exempt from it.
pub(crate) async fn departments_with_point(reader: &Reader, point_id: Uuid) -> Result<Vec<Uuid>, StoreError> {
    use control_plan::Column as Plan;
    let select = join::<plan_point::Entity, control_plan::Entity>(
        reader.find(),
        JoinType::InnerJoin,
        plan_point::Column::ControlPlanId,
        Plan::Id,
    );
    Ok(select
        .filter(plan_point::Column::ControlPointId.eq(point_id))
        .filter(Plan::DepartmentId.is_not_null())
        .filter(present())
        .filter(
            Expr::exists(exempting(
                reader,
                plan_point::Column::ControlPointId,
                control_plan::Column::DepartmentId,
            ))
            .not(),
        )
        .select_only()
        .column(Plan::DepartmentId)
        .distinct()
        .order_by_asc(Plan::DepartmentId)
        .into_tuple()
        .all(reader.session())
        .await?)
}

/// The place of a point in a department's plan, in its [`present`] version: where the point is in several of its plans,
/// in the one that it counts in today.
pub(crate) async fn plan_point_of(
    reader: &Reader,
    point_id: Uuid,
    department_id: Uuid,
) -> Result<Option<plan_point::Model>, StoreError> {
    use control_plan::Column as Plan;
    Ok(join::<plan_point::Entity, control_plan::Entity>(
        reader.find(),
        JoinType::InnerJoin,
        plan_point::Column::ControlPlanId,
        Plan::Id,
    )
    .filter(plan_point::Column::ControlPointId.eq(point_id))
    .filter(Plan::DepartmentId.eq(department_id))
    .filter(present())
    .filter(counts_here(reader, reader.today()))
    .one(reader.session())
    .await?)
}

/// The adopted versions of the same plan, of a statement on plans.
fn adopted_version() -> SelectStatement {
    use control_plan::Column;
    let other = Alias::new("other");
    let mut query = Query::select();
    query
        .expr(Expr::val(1))
        .from_as(control_plan::Entity, other.clone())
        .and_where(Expr::col((other.clone(), Column::Status)).is_in(ADOPTED.map(|status| value(&status))));
    for column in [
        Column::MunicipalityId,
        Column::ControlYearId,
        Column::Scope,
        Column::CommitteeId,
        Column::DepartmentId,
    ] {
        query.and_where(Expr::col((other.clone(), column)).equals(column.as_column_ref()));
    }
    query
}

fn value(status: &ControlPlanStatus) -> String {
    use sea_orm::ActiveEnum;
    status.to_value()
}

/// Orders the rows that it holds for before the others.
fn first(condition: SimpleExpr) -> SimpleExpr {
    Expr::case(condition, 0).finally(1).into()
}

/// Each plan that the reader sees, in the version that is in force, or its first while none has been adopted: not
/// what was superseded, nor a revision that is still being made.
fn present_plans(reader: &Reader) -> Select<control_plan::Entity> {
    reader
        .find::<control_plan::Entity>()
        .filter(visible_plans(reader))
        .filter(present())
}

/// Plans by the municipality's order of departments; first the shared one, last those for no one department.
fn ordered(select: Select<control_plan::Entity>) -> Select<control_plan::Entity> {
    use control_plan::Column;
    let shared_first = first(Column::Scope.eq(ControlScope::Shared));
    let general_last = first(Column::DepartmentId.is_not_null());
    join::<control_plan::Entity, department::Entity>(
        select,
        JoinType::LeftJoin,
        Column::DepartmentId,
        department::Column::Id,
    )
    .order_by_asc(shared_first)
    .order_by_asc(general_last)
    .order_by_asc(department::Column::Position)
    .order_by_asc(department::Column::NameKey)
    .order_by_asc(Column::Id)
}

async fn plans_of_years(
    reader: &Reader,
    scope: ControlScope,
    years: Vec<Uuid>,
) -> Result<Vec<(Uuid, control_plan::Model)>, StoreError> {
    use control_plan::Column;
    let select = present_plans(reader)
        .filter(Column::Scope.eq(scope))
        .filter(reader.any_of(Column::ControlYearId.as_column_ref(), years));
    let rows = ordered(select).all(reader.session()).await?;
    Ok(keyed(rows, Column::ControlYearId))
}

/// The plans of committees in a year, each in its present version.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PlansOfCommittee {
    /// The calendar year.
    pub(crate) year: i32,
}

impl Relation for PlansOfCommittee {
    type Parent = committee::Model;
    type Child = control_plan::Model;

    fn key(committee: &committee::Model) -> Option<Uuid> {
        Some(committee.id)
    }

    fn arguments(&self) -> String {
        self.year.to_string()
    }

    async fn load(&self, reader: &Reader, keys: Vec<Uuid>) -> Result<Vec<(Uuid, control_plan::Model)>, StoreError> {
        use control_plan::Column;
        let select =
            of_year(present_plans(reader), self.year).filter(reader.any_of(Column::CommitteeId.as_column_ref(), keys));
        let rows = ordered(select).all(reader.session()).await?;
        Ok(keyed(rows, Column::CommitteeId))
    }
}

/// The plans of departments in a year, for each committee first the version in force on a day.
#[derive(Clone, Debug)]
pub(crate) struct PlansOfDepartment {
    /// The calendar year.
    pub(crate) year: i32,
    /// The code of the committee whose plan it has to be.
    pub(crate) committee_code: Option<String>,
    /// The day that the version has to be in force on.
    pub(crate) on: Option<NaiveDate>,
    /// The day that a version should be in force on, where another will do.
    pub(crate) today: NaiveDate,
}

impl Relation for PlansOfDepartment {
    type Parent = department::Model;
    type Child = control_plan::Model;

    fn key(department: &department::Model) -> Option<Uuid> {
        Some(department.id)
    }

    fn arguments(&self) -> String {
        format!("{self:?}")
    }

    async fn load(&self, reader: &Reader, keys: Vec<Uuid>) -> Result<Vec<(Uuid, control_plan::Model)>, StoreError> {
        use control_plan::Column;
        let mut adopted = Condition::all().add(Column::Status.is_in(ADOPTED));
        if let Some(day) = self.on {
            adopted = adopted.add(Column::ValidFrom.lte(day));
        }
        let unadopted = Condition::all()
            .add(Column::Status.is_not_in(ADOPTED))
            .add(Expr::exists(adopted_version()).not());
        let day = self.on.unwrap_or(self.today);
        let in_force = first(Column::ValidFrom.lte(day));
        let mut select = of_year(reader.find(), self.year)
            .filter(visible_plans(reader))
            .filter(reader.any_of(Column::DepartmentId.as_column_ref(), keys))
            .filter(Condition::any().add(adopted).add(unadopted))
            .order_by_asc(in_force)
            .order_by_desc(Column::PlanVersion)
            .order_by_asc(Column::Id);
        if let Some(code) = &self.committee_code {
            select = join::<control_plan::Entity, committee::Entity>(
                select,
                JoinType::InnerJoin,
                Column::CommitteeId,
                committee::Column::Id,
            )
            .filter(committee::Column::Code.eq(code));
        }
        let rows = select.all(reader.session()).await?;
        Ok(keyed(rows, Column::DepartmentId))
    }
}

fn of_year(select: Select<control_plan::Entity>, year: i32) -> Select<control_plan::Entity> {
    join::<control_plan::Entity, control_year::Entity>(
        select,
        JoinType::InnerJoin,
        control_plan::Column::ControlYearId,
        control_year::Column::Id,
    )
    .filter(control_year::Column::Year.eq(year))
}

/// The exemptions of a department from a point, both told by columns of the statement that this is a part of.
pub(crate) fn exempting(reader: &Reader, point: impl ColumnTrait, department: impl ColumnTrait) -> SelectStatement {
    use exemption::Column;
    Query::select()
        .expr(Expr::val(1))
        .from(exemption::Entity)
        .and_where(Column::MunicipalityId.eq(reader.municipality_id()))
        .and_where(Expr::col(Column::ControlPointId.as_column_ref()).equals(point.as_column_ref()))
        .and_where(Expr::col(Column::DepartmentId.as_column_ref()).equals(department.as_column_ref()))
        .to_owned()
}

async fn applicable_points(reader: &Reader, plans: Vec<Uuid>) -> Result<Vec<(Uuid, plan_point::Model)>, StoreError> {
    use plan_point::Column;
    let rows = join::<plan_point::Entity, control_plan::Entity>(
        referring::<plan_point::Entity>(reader, Column::ControlPlanId, plans),
        JoinType::InnerJoin,
        Column::ControlPlanId,
        control_plan::Column::Id,
    )
    .filter(
        Expr::exists(exempting(
            reader,
            plan_point::Column::ControlPointId,
            control_plan::Column::DepartmentId,
        ))
        .not(),
    )
    .order_by_asc(Column::Number)
    .all(reader.session())
    .await?;
    Ok(keyed(rows, Column::ControlPlanId))
}

async fn newer_versions(reader: &Reader, plans: Vec<Uuid>) -> Result<Vec<(Uuid, control_plan::Model)>, StoreError> {
    use control_plan::Column;
    let rows = referring::<control_plan::Entity>(reader, Column::SupersedesId, plans)
        .filter(visible_plans(reader))
        .all(reader.session())
        .await?;
    Ok(keyed(rows, Column::SupersedesId))
}

relation! {
    /// The shared plan of a year.
    SharedPlanOfYear: control_year::Model => control_plan::Model,
    |year| Some(year.id), |reader, years| plans_of_years(reader, ControlScope::Shared, years)
}

relation! {
    /// The plans of a year that are not shared.
    DepartmentPlansOfYear: control_year::Model => control_plan::Model,
    |year| Some(year.id), |reader, years| plans_of_years(reader, ControlScope::Department, years)
}

relation! {
    /// The points of a plan by number, without those that its department is exempt from.
    PointsOfPlan: control_plan::Model => plan_point::Model,
    |plan| Some(plan.id), applicable_points
}

relation! {
    /// The point that has a place in a plan.
    PointOfPlanPoint: plan_point::Model => control_point::Model,
    |place| Some(place.control_point_id), rows_by_id::<control_point::Entity>
}

relation! {
    /// The year of a plan.
    YearOfPlan: control_plan::Model => control_year::Model,
    |plan| Some(plan.control_year_id), rows_by_id::<control_year::Entity>
}

relation! {
    /// The committee whose plan it is.
    CommitteeOfPlan: control_plan::Model => committee::Model,
    |plan| Some(plan.committee_id), rows_by_id::<committee::Entity>
}

relation! {
    /// The department that a plan is for.
    DepartmentOfPlan: control_plan::Model => department::Model,
    |plan| plan.department_id, rows_by_id::<department::Entity>
}

relation! {
    /// The version that a plan supersedes.
    OlderVersion: control_plan::Model => control_plan::Model,
    |plan| plan.supersedes_id,
    |reader, ids| visible_rows_by_id::<control_plan::Entity>(reader, ids, visible_plans(reader))
}

relation! {
    /// The version that supersedes a plan, or will when it is adopted.
    NewerVersion: control_plan::Model => control_plan::Model,
    |plan| Some(plan.id), newer_versions
}

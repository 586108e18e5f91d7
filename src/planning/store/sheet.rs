//! What the rows of sheets are about.

use super::{
    in_force::ADOPTED,
    visible::{visible_plans, visible_points, visible_risks},
};
use crate::{
    access::{Reader, join, referring, visible_rows_by_id},
    database::StoreError,
};
use entity::{ControlScope, committee, control_plan, control_point, department, plan_point, risk};
use sea_orm::{ColumnTrait, Condition, JoinType, QueryFilter, QueryOrder, QuerySelect};
use std::collections::{BTreeSet, HashMap, HashSet};
use uuid::Uuid;

/// The departments of the municipality by their codes.
pub(in crate::planning) async fn departments_by_code(reader: &Reader) -> Result<HashMap<String, Uuid>, StoreError> {
    let rows = reader.find::<department::Entity>().all(reader.session()).await?;
    Ok(rows.into_iter().map(|row| (row.code, row.id)).collect())
}

/// The risks with these ids that the reader sees.
pub(in crate::planning) async fn visible_risks_by_id(
    reader: &Reader,
    ids: Vec<Uuid>,
) -> Result<HashMap<Uuid, risk::Model>, StoreError> {
    let found = visible_rows_by_id::<risk::Entity>(reader, ids, visible_risks(reader)).await?;
    Ok(found.into_iter().collect())
}

/// The risks of a year that the reader sees, of these departments, and of the municipality where `municipal` is said; in
/// the order in which they were made.
pub(in crate::planning) async fn risks_of_departments(
    reader: &Reader,
    control_year_id: Uuid,
    departments: BTreeSet<Uuid>,
    municipal: bool,
) -> Result<Vec<risk::Model>, StoreError> {
    use risk::Column;
    let mut whose = Condition::any().add(reader.any_of(Column::DepartmentId.as_column_ref(), departments));
    if municipal {
        whose = whose.add(Column::DepartmentId.is_null());
    }
    Ok(reader
        .find::<risk::Entity>()
        .filter(Column::ControlYearId.eq(control_year_id))
        .filter(whose)
        .filter(visible_risks(reader))
        .order_by_asc(Column::Id)
        .all(reader.session())
        .await?)
}

/// All risks of a year that the reader sees, in the order in which they were made.
pub(in crate::planning) async fn visible_risks_of_year(
    reader: &Reader,
    control_year_id: Uuid,
) -> Result<Vec<risk::Model>, StoreError> {
    Ok(reader
        .find::<risk::Entity>()
        .filter(risk::Column::ControlYearId.eq(control_year_id))
        .filter(visible_risks(reader))
        .order_by_asc(risk::Column::Id)
        .all(reader.session())
        .await?)
}

/// The control points with these ids that the reader sees.
pub(in crate::planning) async fn visible_points_by_id(
    reader: &Reader,
    ids: Vec<Uuid>,
) -> Result<HashMap<Uuid, control_point::Model>, StoreError> {
    let found = visible_rows_by_id::<control_point::Entity>(reader, ids, visible_points(reader)).await?;
    Ok(found.into_iter().collect())
}

/// The control points of a year that the reader sees, of these departments and of none, in the order in which they were
/// made.
pub(in crate::planning) async fn points_of_departments(
    reader: &Reader,
    control_year_id: Uuid,
    departments: BTreeSet<Uuid>,
) -> Result<Vec<control_point::Model>, StoreError> {
    use control_point::Column;
    let whose = Condition::any()
        .add(reader.any_of(Column::DepartmentId.as_column_ref(), departments))
        .add(Column::DepartmentId.is_null());
    Ok(reader
        .find::<control_point::Entity>()
        .filter(Column::ControlYearId.eq(control_year_id))
        .filter(whose)
        .filter(visible_points(reader))
        .order_by_asc(Column::Id)
        .all(reader.session())
        .await?)
}

/// Which of the points are in a plan that a committee has adopted.
pub(in crate::planning) async fn points_in_adopted_plans(
    reader: &Reader,
    points: Vec<Uuid>,
) -> Result<HashSet<Uuid>, StoreError> {
    let found: Vec<Uuid> = join::<plan_point::Entity, control_plan::Entity>(
        referring::<plan_point::Entity>(reader, plan_point::Column::ControlPointId, points),
        JoinType::InnerJoin,
        plan_point::Column::ControlPlanId,
        control_plan::Column::Id,
    )
    .filter(control_plan::Column::Status.is_in(ADOPTED))
    .select_only()
    .column(plan_point::Column::ControlPointId)
    .distinct()
    .into_tuple()
    .all(reader.session())
    .await?;
    Ok(found.into_iter().collect())
}

/// The latest versions of a year's plans that the reader sees: of the shared one, or of a department's for each of its
/// committees.
pub(in crate::planning) async fn latest_plans(
    reader: &Reader,
    control_year_id: Uuid,
    department_id: Option<Uuid>,
    committee_code: Option<&str>,
) -> Result<Vec<control_plan::Model>, StoreError> {
    use control_plan::Column;
    let mut select = reader
        .find::<control_plan::Entity>()
        .filter(Column::ControlYearId.eq(control_year_id))
        .filter(visible_plans(reader));
    select = match department_id {
        Some(id) => select
            .filter(Column::Scope.eq(ControlScope::Department))
            .filter(Column::DepartmentId.eq(id)),
        None => select.filter(Column::Scope.eq(ControlScope::Shared)),
    };
    if let Some(code) = committee_code {
        select = join::<control_plan::Entity, committee::Entity>(
            select,
            JoinType::InnerJoin,
            Column::CommitteeId,
            committee::Column::Id,
        )
        .filter(committee::Column::Code.eq(code));
    }
    let versions = select.order_by_desc(Column::PlanVersion).all(reader.session()).await?;
    let mut latest: Vec<control_plan::Model> = Vec::new();
    for version in versions {
        if latest.iter().all(|plan| plan.committee_id != version.committee_id) {
            latest.push(version);
        }
    }
    Ok(latest)
}

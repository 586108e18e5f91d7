//! What of a year's planning can come along to the next, and what it became there.

use super::in_force::in_force;
use crate::{
    access::{Reader, join, join_joined, keyed, referring},
    database::StoreError,
};
use entity::{ControlScope, control_plan, control_point, exemption, plan_point, risk, risk_control_point};
use sea_orm::{ColumnTrait, JoinType, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashSet;
use uuid::Uuid;

/// The risks of a year, each with its department.
pub(crate) async fn risks_of_year(
    reader: &Reader,
    control_year_id: Uuid,
) -> Result<Vec<(Uuid, Option<Uuid>)>, StoreError> {
    use risk::Column;
    Ok(reader
        .find::<risk::Entity>()
        .filter(Column::ControlYearId.eq(control_year_id))
        .order_by_asc(Column::Id)
        .select_only()
        .column(Column::Id)
        .column(Column::DepartmentId)
        .into_tuple()
        .all(reader.session())
        .await?)
}

/// The points of a year that stand in a plan which was in force, each with its department: what was never adopted was
/// never followed up.
pub(crate) async fn planned_points(
    reader: &Reader,
    control_year_id: Uuid,
) -> Result<Vec<(Uuid, Option<Uuid>)>, StoreError> {
    use control_point::Column;
    let select = join::<control_point::Entity, plan_point::Entity>(
        reader.find(),
        JoinType::InnerJoin,
        Column::Id,
        plan_point::Column::ControlPointId,
    );
    let select = join_joined::<_, plan_point::Entity, control_plan::Entity>(
        select,
        JoinType::InnerJoin,
        plan_point::Column::ControlPlanId,
        control_plan::Column::Id,
    );
    Ok(select
        .filter(Column::ControlYearId.eq(control_year_id))
        .filter(in_force())
        .order_by_asc(Column::Id)
        .select_only()
        .column(Column::Id)
        .column(Column::DepartmentId)
        .distinct()
        .into_tuple()
        .all(reader.session())
        .await?)
}

/// The place of a point in its own plan in force: the shared plan for a shared point, else the department's or the
/// committee's; of several that of the committee which was registered first.
pub(in crate::planning) async fn place_of_point(
    reader: &Reader,
    point_id: Uuid,
) -> Result<Option<(plan_point::Model, control_plan::Model)>, StoreError> {
    use plan_point::Column;
    let places = reader
        .find::<plan_point::Entity>()
        .filter(Column::ControlPointId.eq(point_id))
        .all(reader.session())
        .await?;
    let plans = reader
        .find::<control_plan::Entity>()
        .filter(reader.any_of(
            control_plan::Column::Id.as_column_ref(),
            places.iter().map(|place| place.control_plan_id),
        ))
        .filter(in_force())
        .all(reader.session())
        .await?;
    let plan = plans
        .into_iter()
        .min_by_key(|plan| (plan.scope != ControlScope::Shared, plan.committee_id, plan.id));
    Ok(plan.and_then(|plan| {
        let place = places.into_iter().find(|place| place.control_plan_id == plan.id)?;
        Some((place, plan))
    }))
}

/// The points that answer to a risk.
pub(in crate::planning) async fn points_of_risk(reader: &Reader, risk_id: Uuid) -> Result<Vec<Uuid>, StoreError> {
    let links = reader
        .find::<risk_control_point::Entity>()
        .filter(risk_control_point::Column::RiskId.eq(risk_id))
        .all(reader.session())
        .await?;
    Ok(links.into_iter().map(|link| link.control_point_id).collect())
}

/// The departments that are exempt from a shared point.
pub(in crate::planning) async fn exemptions_of_point(
    reader: &Reader,
    point_id: Uuid,
) -> Result<Vec<exemption::Model>, StoreError> {
    Ok(reader
        .find::<exemption::Entity>()
        .filter(exemption::Column::ControlPointId.eq(point_id))
        .order_by_asc(exemption::Column::Id)
        .all(reader.session())
        .await?)
}

/// What a point has become in another year.
pub(crate) async fn successor_of_point(
    reader: &Reader,
    point_id: Uuid,
    control_year_id: Uuid,
) -> Result<Option<control_point::Model>, StoreError> {
    let found = successors_of_points(reader, vec![point_id], control_year_id).await?;
    Ok(found.into_iter().next().map(|(_, point)| point))
}

/// What a risk has become in another year.
pub(crate) async fn successor_of_risk(
    reader: &Reader,
    risk_id: Uuid,
    control_year_id: Uuid,
) -> Result<Option<risk::Model>, StoreError> {
    let found = successors_of_risks(reader, vec![risk_id], control_year_id).await?;
    Ok(found.into_iter().next().map(|(_, risk)| risk))
}

/// What points have become in another year, each with the id of what it was; of several the first.
pub(in crate::planning) async fn successors_of_points(
    reader: &Reader,
    points: Vec<Uuid>,
    control_year_id: Uuid,
) -> Result<Vec<(Uuid, control_point::Model)>, StoreError> {
    use control_point::Column;
    let rows = referring::<control_point::Entity>(reader, Column::PreviousPointId, points)
        .filter(Column::ControlYearId.eq(control_year_id))
        .order_by_asc(Column::Id)
        .all(reader.session())
        .await?;
    Ok(firsts(keyed(rows, Column::PreviousPointId)))
}

/// What risks have become in another year, each with the id of what it was; of several the first.
pub(in crate::planning) async fn successors_of_risks(
    reader: &Reader,
    risks: Vec<Uuid>,
    control_year_id: Uuid,
) -> Result<Vec<(Uuid, risk::Model)>, StoreError> {
    use risk::Column;
    let rows = referring::<risk::Entity>(reader, Column::PreviousRiskId, risks)
        .filter(Column::ControlYearId.eq(control_year_id))
        .order_by_asc(Column::Id)
        .all(reader.session())
        .await?;
    Ok(firsts(keyed(rows, Column::PreviousRiskId)))
}

/// Of the rows with each key the first.
fn firsts<M>(rows: Vec<(Uuid, M)>) -> Vec<(Uuid, M)> {
    let mut seen = HashSet::new();
    let mut rows = rows;
    rows.retain(|(key, _)| seen.insert(*key));
    rows
}

//! What of a year's planning can come along to the next, and what it became there.

use super::plan::superseding;
use crate::{
    access::{Reader, join, join_joined},
    database::StoreError,
};
use entity::{ControlScope, control_plan, control_point, exemption, plan_point, risk, risk_control_point};
use sea_orm::{
    ColumnTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
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

/// The points of a year that a plan has in the version that is valid, each with its department.
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
        .filter(Expr::exists(superseding()).not())
        .order_by_asc(Column::Id)
        .select_only()
        .column(Column::Id)
        .column(Column::DepartmentId)
        .distinct()
        .into_tuple()
        .all(reader.session())
        .await?)
}

/// The place of a point in its own plan: the shared plan for a shared point, else the department's or the committee's;
/// in the latest version.
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
        .all(reader.session())
        .await?;
    let plan = plans
        .into_iter()
        .max_by_key(|plan| (plan.scope == ControlScope::Shared, plan.plan_version));
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
    use control_point::Column;
    Ok(reader
        .find::<control_point::Entity>()
        .filter(Column::PreviousPointId.eq(point_id))
        .filter(Column::ControlYearId.eq(control_year_id))
        .order_by_asc(Column::Id)
        .limit(1)
        .one(reader.session())
        .await?)
}

/// What a risk has become in another year.
pub(crate) async fn successor_of_risk(
    reader: &Reader,
    risk_id: Uuid,
    control_year_id: Uuid,
) -> Result<Option<risk::Model>, StoreError> {
    use risk::Column;
    Ok(reader
        .find::<risk::Entity>()
        .filter(Column::PreviousRiskId.eq(risk_id))
        .filter(Column::ControlYearId.eq(control_year_id))
        .order_by_asc(Column::Id)
        .limit(1)
        .one(reader.session())
        .await?)
}

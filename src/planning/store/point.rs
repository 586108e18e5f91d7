//! Control points, and the departments that are exempt from them.

use super::{
    in_force::ADOPTED,
    visible::{visible_exemptions, visible_points, visible_risks},
};
use crate::{
    access::{Keyed, Reader, join, referring, rows_by_id, visible_rows_by_id},
    database::{Page, PageError, Slice, SortKey, StoreError, count, page},
    relation,
};
use entity::{
    ControlScope, control_plan, control_point, control_year, department, exemption, plan_point, risk,
    risk_control_point,
};
use sea_orm::{
    ColumnTrait, Condition, JoinType, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, ExprTrait, Query, SelectStatement},
};
use uuid::Uuid;

/// Which control points are wanted.
#[derive(Clone, Debug, Default)]
pub(in crate::planning) struct PointFilter {
    pub(in crate::planning) year: Option<i32>,
    pub(in crate::planning) scope: Option<ControlScope>,
    pub(in crate::planning) department_code: Option<String>,
}

/// A page of the control points that the reader sees, and how many there are when that is wanted.
pub(in crate::planning) async fn point_page(
    reader: &Reader,
    filter: PointFilter,
    wanted: &Page,
    total: bool,
) -> Result<(Slice<control_point::Model>, i32), PageError> {
    use control_point::Column;
    let order = [
        SortKey::id(Column::ControlYearId.into_expr()),
        SortKey::id(Column::Id.into_expr()),
    ];
    let select = filtered(reader, filter);
    let count = if total {
        count(reader.session(), select.clone()).await?
    } else {
        0
    };
    let slice = page(reader.session(), select, "controlPoints", &order, wanted).await?;
    Ok((slice, count))
}

fn filtered(reader: &Reader, filter: PointFilter) -> Select<control_point::Entity> {
    use control_point::Column;
    let mut select = reader.find::<control_point::Entity>().filter(visible_points(reader));
    if let Some(year) = filter.year {
        select = join::<control_point::Entity, control_year::Entity>(
            select,
            JoinType::InnerJoin,
            Column::ControlYearId,
            control_year::Column::Id,
        )
        .filter(control_year::Column::Year.eq(year));
    }
    if let Some(scope) = filter.scope {
        select = select.filter(Column::Scope.eq(scope));
    }
    if let Some(code) = filter.department_code {
        select = select.filter(applies_to(reader, code));
    }
    select
}

/// The points that apply to a department: its own, and the shared ones that it is not exempt from.
fn applies_to(reader: &Reader, code: String) -> Condition {
    use control_point::Column;
    let department = || {
        Query::select()
            .from(department::Entity)
            .and_where(department::Column::MunicipalityId.eq(reader.municipality_id()))
            .and_where(department::Column::Code.eq(code.as_str()))
            .to_owned()
    };
    let id = department().column(department::Column::Id.as_column_ref()).to_owned();
    let exempt = exemption_from_point(reader)
        .and_where(exemption::Column::DepartmentId.in_subquery(id.clone()))
        .to_owned();
    let shared = Condition::all()
        .add(Column::Scope.eq(ControlScope::Shared))
        .add(Expr::exists(department().expr(Expr::val(1)).to_owned()))
        .add(Expr::exists(exempt).not());
    Condition::any().add(Column::DepartmentId.in_subquery(id)).add(shared)
}

fn exemption_from_point(reader: &Reader) -> SelectStatement {
    use exemption::Column;
    Query::select()
        .expr(Expr::val(1))
        .from(exemption::Entity)
        .and_where(Column::MunicipalityId.eq(reader.municipality_id()))
        .and_where(Expr::col(Column::ControlPointId.as_column_ref()).equals(control_point::Column::Id.as_column_ref()))
        .to_owned()
}

/// The risks that a point is linked to, seen by the reader or not.
pub(in crate::planning) async fn risk_links(
    reader: &Reader,
    control_point_id: Uuid,
) -> Result<Vec<risk_control_point::Model>, StoreError> {
    Ok(reader
        .find::<risk_control_point::Entity>()
        .filter(risk_control_point::Column::ControlPointId.eq(control_point_id))
        .all(reader.session())
        .await?)
}

/// The risks of points that the reader sees, each with its point's id.
pub(in crate::planning) async fn visible_risks_of_points(
    reader: &Reader,
    points: Vec<Uuid>,
) -> Result<Vec<(Uuid, risk::Model)>, StoreError> {
    use risk_control_point::Column as Link;
    let rows = join::<risk::Entity, risk_control_point::Entity>(
        reader.find(),
        JoinType::InnerJoin,
        risk::Column::Id,
        Link::RiskId,
    )
    .filter(reader.any_of(Link::ControlPointId.as_column_ref(), points))
    .filter(visible_risks(reader))
    .column_as(Link::ControlPointId, Keyed::<risk::Model>::KEY)
    .order_by_asc(risk::Column::Id)
    .into_model::<Keyed<risk::Model>>()
    .all(reader.session())
    .await?;
    Ok(rows.into_iter().map(Keyed::pair).collect())
}

async fn exemptions(reader: &Reader, points: Vec<Uuid>) -> Result<Vec<(Uuid, exemption::Model)>, StoreError> {
    use exemption::Column;
    let select =
        referring::<exemption::Entity>(reader, Column::ControlPointId, points).filter(visible_exemptions(reader));
    let rows = join::<exemption::Entity, department::Entity>(
        select,
        JoinType::InnerJoin,
        Column::DepartmentId,
        department::Column::Id,
    )
    .order_by_asc(department::Column::Position)
    .order_by_asc(department::Column::NameKey)
    .order_by_asc(Column::Id)
    .all(reader.session())
    .await?;
    Ok(rows.into_iter().map(|row| (row.control_point_id, row)).collect())
}

relation! {
    /// The risks that a point answers to.
    RisksOfPoint: control_point::Model => risk::Model,
    |point| Some(point.id), visible_risks_of_points
}

relation! {
    /// The exemptions from a point, in the municipality's order of departments.
    ExemptionsOfPoint: control_point::Model => exemption::Model,
    |point| Some(point.id), exemptions
}

relation! {
    /// The year of a point.
    YearOfPoint: control_point::Model => control_year::Model,
    |point| Some(point.control_year_id), rows_by_id::<control_year::Entity>
}

relation! {
    /// The department whose own point it is.
    DepartmentOfPoint: control_point::Model => department::Model,
    |point| point.department_id, rows_by_id::<department::Entity>
}

relation! {
    /// The same point of an earlier year.
    PreviousPoint: control_point::Model => control_point::Model,
    |point| point.previous_point_id,
    |reader, ids| visible_rows_by_id::<control_point::Entity>(reader, ids, visible_points(reader))
}

relation! {
    /// The point that an exemption is from.
    PointOfExemption: exemption::Model => control_point::Model,
    |exemption| Some(exemption.control_point_id), rows_by_id::<control_point::Entity>
}

relation! {
    /// The department that is exempt.
    DepartmentOfExemption: exemption::Model => department::Model,
    |exemption| Some(exemption.department_id), rows_by_id::<department::Entity>
}

/// Whether a point is in a plan that a committee has adopted.
pub(in crate::planning) async fn in_adopted_plan(reader: &Reader, point_id: Uuid) -> Result<bool, StoreError> {
    let select = join::<plan_point::Entity, control_plan::Entity>(
        reader.find(),
        JoinType::InnerJoin,
        plan_point::Column::ControlPlanId,
        control_plan::Column::Id,
    );
    let found = select
        .filter(plan_point::Column::ControlPointId.eq(point_id))
        .filter(control_plan::Column::Status.is_in(ADOPTED))
        .limit(1)
        .one(reader.session())
        .await?;
    Ok(found.is_some())
}

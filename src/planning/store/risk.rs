//! Risks.

use super::{
    visible::{visible_points, visible_risks},
    year::risk_scale,
};
use crate::{
    access::{Keyed, Reader, join, rows_by_id, visible_rows_by_id},
    database::{Page, PageError, Slice, SortKey, StoreError, count, page},
    relation,
};
use entity::{RiskTreatment, control_point, control_year, department, risk, risk_control_point, risk_level};
use sea_orm::{ColumnTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

/// Which risks are wanted.
#[derive(Clone, Debug, Default)]
pub(in crate::planning) struct RiskFilter {
    pub(in crate::planning) year: Option<i32>,
    pub(in crate::planning) department_code: Option<String>,
    pub(in crate::planning) treatment: Option<RiskTreatment>,
}

/// A page of the risks that the reader sees, and how many there are when that is wanted.
pub(in crate::planning) async fn risk_page(
    reader: &Reader,
    filter: RiskFilter,
    wanted: &Page,
    total: bool,
) -> Result<(Slice<risk::Model>, i32), PageError> {
    use risk::Column;
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
    let slice = page(reader.session(), select, "risks", &order, wanted).await?;
    Ok((slice, count))
}

fn filtered(reader: &Reader, filter: RiskFilter) -> Select<risk::Entity> {
    use risk::Column;
    let mut select = reader.find::<risk::Entity>().filter(visible_risks(reader));
    if let Some(year) = filter.year {
        select = join::<risk::Entity, control_year::Entity>(
            select,
            JoinType::InnerJoin,
            Column::ControlYearId,
            control_year::Column::Id,
        )
        .filter(control_year::Column::Year.eq(year));
    }
    if let Some(code) = filter.department_code {
        select = join::<risk::Entity, department::Entity>(
            select,
            JoinType::InnerJoin,
            Column::DepartmentId,
            department::Column::Id,
        )
        .filter(department::Column::Code.eq(code));
    }
    if let Some(treatment) = filter.treatment {
        select = select.filter(Column::Treatment.eq(treatment));
    }
    select
}

/// The highest likelihood or consequence that a risk of the year has.
pub(in crate::planning) async fn highest_judged(
    reader: &Reader,
    control_year_id: Uuid,
) -> Result<Option<i32>, StoreError> {
    use risk::Column;
    let found: Option<(Option<i32>, Option<i32>)> = reader
        .find::<risk::Entity>()
        .filter(Column::ControlYearId.eq(control_year_id))
        .select_only()
        .column_as(Column::Likelihood.max(), "likelihood")
        .column_as(Column::Consequence.max(), "consequence")
        .into_tuple()
        .one(reader.session())
        .await?;
    Ok(found.and_then(|(likelihood, consequence)| likelihood.max(consequence)))
}

async fn points(reader: &Reader, risks: Vec<Uuid>) -> Result<Vec<(Uuid, control_point::Model)>, StoreError> {
    use risk_control_point::Column as Link;
    let rows = join::<control_point::Entity, risk_control_point::Entity>(
        reader.find(),
        JoinType::InnerJoin,
        control_point::Column::Id,
        Link::ControlPointId,
    )
    .filter(reader.any_of(Link::RiskId.as_column_ref(), risks))
    .filter(visible_points(reader))
    .column_as(Link::RiskId, Keyed::<control_point::Model>::KEY)
    .order_by_asc(control_point::Column::Id)
    .into_model::<Keyed<control_point::Model>>()
    .all(reader.session())
    .await?;
    Ok(rows.into_iter().map(Keyed::pair).collect())
}

relation! {
    /// The control points that answer to a risk.
    PointsOfRisk: risk::Model => control_point::Model,
    |risk| Some(risk.id), points
}

relation! {
    /// The levels of the year's risk scale, lowest first.
    LevelsOfRisk: risk::Model => risk_level::Model,
    |risk| Some(risk.control_year_id), risk_scale
}

relation! {
    /// The year of a risk.
    YearOfRisk: risk::Model => control_year::Model,
    |risk| Some(risk.control_year_id), rows_by_id::<control_year::Entity>
}

relation! {
    /// The department whose risk it is.
    DepartmentOfRisk: risk::Model => department::Model,
    |risk| risk.department_id, rows_by_id::<department::Entity>
}

relation! {
    /// The same risk of an earlier year.
    PreviousRisk: risk::Model => risk::Model,
    |risk| risk.previous_risk_id,
    |reader, ids| visible_rows_by_id::<risk::Entity>(reader, ids, visible_risks(reader))
}

//! Years, their reporting occasions and their scales.

use super::visible::visible_years;
use crate::{
    access::{Reader, keyed, referring},
    database::{StoreError, last_day_of_year},
    relation,
};
use entity::{assessment, control_year, rating_level, reporting_occasion, risk_level};
use sea_orm::{
    ColumnTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, IntoCondition, Query},
};
use uuid::Uuid;

/// The control year of a calendar year. Whether the reader may see it as a year is the caller's question: years are
/// part of much that is open to more readers.
pub(crate) async fn year_by_number(reader: &Reader, year: i32) -> Result<Option<control_year::Model>, StoreError> {
    Ok(reader
        .find::<control_year::Entity>()
        .filter(control_year::Column::Year.eq(year))
        .one(reader.session())
        .await?)
}

/// The control year of a calendar year, if the reader sees control years.
pub(in crate::planning) async fn visible_year(
    reader: &Reader,
    year: i32,
) -> Result<Option<control_year::Model>, StoreError> {
    Ok(reader
        .find::<control_year::Entity>()
        .filter(control_year::Column::Year.eq(year))
        .filter(visible_years(reader))
        .one(reader.session())
        .await?)
}

/// The control years, the latest first, if the reader sees control years.
pub(in crate::planning) async fn years(reader: &Reader) -> Result<Vec<control_year::Model>, StoreError> {
    Ok(reader
        .find::<control_year::Entity>()
        .filter(visible_years(reader))
        .order_by_desc(control_year::Column::Year)
        .all(reader.session())
        .await?)
}

/// The reporting occasions of a year, in their order.
pub(crate) async fn occasions_of_year(
    reader: &Reader,
    control_year_id: Uuid,
) -> Result<Vec<reporting_occasion::Model>, StoreError> {
    let found = occasions(reader, vec![control_year_id]).await?;
    Ok(found.into_iter().map(|(_, occasion)| occasion).collect())
}

/// The reporting occasion of a year with this code; without one the year's last.
pub(crate) async fn occasion_of_year(
    reader: &Reader,
    control_year_id: Uuid,
    code: Option<&str>,
) -> Result<Option<reporting_occasion::Model>, StoreError> {
    use reporting_occasion::Column;
    let mut select = reader
        .find::<reporting_occasion::Entity>()
        .filter(Column::ControlYearId.eq(control_year_id));
    if let Some(code) = code {
        select = select.filter(Column::Code.eq(code));
    }
    Ok(select
        .order_by_desc(Column::Position)
        .limit(1)
        .one(reader.session())
        .await?)
}

/// What [`organisation_day`](crate::planning::organisation_day) says, over `reporting_occasion` and `control_year`.
pub(crate) fn organisation_day_sql(reader: &Reader) -> Expr {
    let last_day = last_day_of_year(reader.session(), control_year::Column::Year.as_column_ref());
    reporting_occasion::Column::DueOn.into_expr().if_null(last_day)
}

/// [`organisation_day_sql`] of the one occasion for which a condition holds, over the same two tables.
pub(crate) fn organisation_day_at(reader: &Reader, occasion: impl IntoCondition) -> Expr {
    use reporting_occasion::Column;
    let day = Query::select()
        .expr(organisation_day_sql(reader))
        .from(reporting_occasion::Entity)
        .inner_join(
            control_year::Entity,
            control_year::Column::MunicipalityId
                .eq(reader.municipality_id())
                .and(Expr::col(control_year::Column::Id.as_column_ref()).equals(Column::ControlYearId.as_column_ref())),
        )
        .and_where(Column::MunicipalityId.eq(reader.municipality_id()))
        .cond_where(occasion)
        .to_owned();
    Expr::SubQuery(None, Box::new(day.into()))
}

/// A year's rating scale, best first.
pub(in crate::planning) async fn rating_levels(
    reader: &Reader,
    control_year_id: Uuid,
) -> Result<Vec<rating_level::Model>, StoreError> {
    let found = rating_scale(reader, vec![control_year_id]).await?;
    Ok(found.into_iter().map(|(_, level)| level).collect())
}

/// A year's risk scale, lowest first.
pub(in crate::planning) async fn risk_levels(
    reader: &Reader,
    control_year_id: Uuid,
) -> Result<Vec<risk_level::Model>, StoreError> {
    let found = risk_scale(reader, vec![control_year_id]).await?;
    Ok(found.into_iter().map(|(_, level)| level).collect())
}

/// Those of the rating levels that an assessment has.
pub(in crate::planning) async fn used_levels(reader: &Reader, levels: Vec<Uuid>) -> Result<Vec<Uuid>, StoreError> {
    use assessment::Column;
    let found: Vec<Option<Uuid>> = referring::<assessment::Entity>(reader, Column::RatingLevelId, levels)
        .select_only()
        .column(Column::RatingLevelId)
        .distinct()
        .into_tuple()
        .all(reader.session())
        .await?;
    Ok(found.into_iter().flatten().collect())
}

async fn occasions(reader: &Reader, years: Vec<Uuid>) -> Result<Vec<(Uuid, reporting_occasion::Model)>, StoreError> {
    use reporting_occasion::Column;
    let rows = referring::<reporting_occasion::Entity>(reader, Column::ControlYearId, years)
        .order_by_asc(Column::Position)
        .all(reader.session())
        .await?;
    Ok(keyed(rows, Column::ControlYearId))
}

async fn rating_scale(reader: &Reader, years: Vec<Uuid>) -> Result<Vec<(Uuid, rating_level::Model)>, StoreError> {
    use rating_level::Column;
    let rows = referring::<rating_level::Entity>(reader, Column::ControlYearId, years)
        .order_by_asc(Column::Rank)
        .all(reader.session())
        .await?;
    Ok(keyed(rows, Column::ControlYearId))
}

pub(super) async fn risk_scale(
    reader: &Reader,
    years: Vec<Uuid>,
) -> Result<Vec<(Uuid, risk_level::Model)>, StoreError> {
    use risk_level::Column;
    let rows = referring::<risk_level::Entity>(reader, Column::ControlYearId, years)
        .order_by_asc(Column::FromValue)
        .all(reader.session())
        .await?;
    Ok(keyed(rows, Column::ControlYearId))
}

relation! {
    /// A year's reporting occasions, in their order.
    OccasionsOfYear: control_year::Model => reporting_occasion::Model,
    |year| Some(year.id), occasions
}

relation! {
    /// A year's rating scale, best first.
    RatingScale: control_year::Model => rating_level::Model,
    |year| Some(year.id), rating_scale
}

relation! {
    /// A year's risk scale, lowest first.
    RiskScale: control_year::Model => risk_level::Model,
    |year| Some(year.id), risk_scale
}

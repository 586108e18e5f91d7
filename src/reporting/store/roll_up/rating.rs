use super::{COUNT, RollUpFilter, SECRETS, YEAR, count, grouped_by, note, reviewed_assessments, tallies};
use crate::{
    access::{Reader, join_joined, with_columns},
    database::StoreError,
};
use entity::{assessment, control_year, rating_level};
use sea_orm::{FromQueryResult, JoinType, QueryOrder, QuerySelect, sea_query::Expr};

/// How many follow-ups were given a rating in a year.
#[derive(Clone, Debug)]
pub(in crate::reporting) struct RatingTally {
    pub(in crate::reporting) year: i32,
    pub(in crate::reporting) rating: rating_level::Model,
    pub(in crate::reporting) count: i32,
}

const RATING: &str = "rating__";

/// The reviewed ratings of each year, best first.
pub(in crate::reporting) async fn ratings(
    reader: &Reader,
    filter: &RollUpFilter,
) -> Result<Vec<RatingTally>, StoreError> {
    let select = join_joined::<_, assessment::Entity, rating_level::Entity>(
        reviewed_assessments(reader, filter),
        JoinType::InnerJoin,
        assessment::Column::RatingLevelId,
        rating_level::Column::Id,
    )
    .column_as(Expr::cust("COUNT(*)"), COUNT);
    let select = grouped_by::<_, rating_level::Entity>(select);
    let select = with_columns::<_, rating_level::Entity>(select, RATING)
        .order_by_asc(control_year::Column::Year)
        .order_by_asc(rating_level::Column::Rank);
    tallies(reader, select, |row| {
        note(reader, "assessment", row, SECRETS)?;
        Ok(RatingTally {
            year: row.try_get("", YEAR)?,
            rating: rating_level::Model::from_query_result(row, RATING)?,
            count: count(row, COUNT)?,
        })
    })
    .await
}

use super::{COUNT, RollUpFilter, SECRETS, YEAR, at_occasion, count, follow_ups, grouped, note, secrets};
use crate::{
    access::{Reader, join, join_joined, with_columns},
    database::StoreError,
    follow_up::{assessments_seen, readable_to},
};
use entity::{FollowUpStatus, assessment, control_year, follow_up, rating_level, reporting_occasion};
use sea_orm::{
    ColumnTrait, ConnectionTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::Expr,
};

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
    let select = join::<_, assessment::Entity>(
        follow_ups(reader, filter),
        JoinType::InnerJoin,
        follow_up::Column::Id,
        assessment::Column::FollowUpId,
    );
    let select = join_joined::<_, assessment::Entity, reporting_occasion::Entity>(
        select,
        JoinType::InnerJoin,
        assessment::Column::OccasionId,
        reporting_occasion::Column::Id,
    );
    let select = join_joined::<_, assessment::Entity, rating_level::Entity>(
        select,
        JoinType::InnerJoin,
        assessment::Column::RatingLevelId,
        rating_level::Column::Id,
    )
    .filter(assessment::Column::Status.eq(FollowUpStatus::Reviewed))
    .filter(at_occasion(reader, filter))
    .filter(assessments_seen(reader))
    .filter(readable_to(reader, assessment::Column::SecrecyGround))
    .select_only()
    .column_as(control_year::Column::Year, YEAR)
    .column_as(Expr::cust("COUNT(*)"), COUNT)
    .column_as(
        secrets(
            reader,
            assessment::Column::SecrecyGround.into_expr(),
            assessment::Column::Id.as_column_ref(),
        ),
        SECRETS,
    )
    .group_by(control_year::Column::Year);
    let select = grouped::<rating_level::Entity>()
        .into_iter()
        .fold(select, |select, column| select.group_by(column));
    let select = with_columns::<_, rating_level::Entity>(select, RATING)
        .order_by_asc(control_year::Column::Year)
        .order_by_asc(rating_level::Column::Rank);
    let statement = select.build(reader.session().get_database_backend());
    let rows = reader.session().query_all_raw(statement).await?;
    let tallies = rows.iter().map(|row| {
        note(reader, "assessment", row, SECRETS)?;
        Ok(RatingTally {
            year: row.try_get("", YEAR)?,
            rating: rating_level::Model::from_query_result(row, RATING)?,
            count: count(row, COUNT)?,
        })
    });
    Ok(tallies.collect::<Result<_, sea_orm::DbErr>>()?)
}

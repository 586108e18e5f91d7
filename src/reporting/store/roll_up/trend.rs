use super::{
    DEPARTMENT, RollUpFilter, SECRETS, YEAR, by_department, count, grouped_by, note, reviewed_assessments, sum_where,
    tallies,
};
use crate::{
    access::{Reader, Right, join_joined, with_columns},
    database::{StoreError, ids_as_text},
    reporting::store::{
        joint::{ReadFor, rank_before},
        joint_secrets::secret_before,
    },
};
use entity::{Trend, assessment, control_point, control_year, department, follow_up, rating_level};
use sea_orm::{
    ActiveEnum, ColumnTrait, Condition, FromQueryResult, JoinType, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{CaseStatement, Expr, ExprTrait, SimpleExpr},
};

/// How many follow-ups of one point, or of one department, went which way since the year before.
#[derive(Clone, Debug)]
pub(in crate::reporting) struct TrendTally<M> {
    pub(in crate::reporting) year: i32,
    /// The point or the department.
    pub(in crate::reporting) of: M,
    pub(in crate::reporting) improved: i32,
    pub(in crate::reporting) unchanged: i32,
    pub(in crate::reporting) worsened: i32,
}

const POINT: &str = "point__";
const BEFORE: &str = "secrets_before";

/// The development of each point across the departments.
pub(in crate::reporting) async fn trends_by_point(
    reader: &Reader,
    filter: &RollUpFilter,
) -> Result<Vec<TrendTally<control_point::Model>>, StoreError> {
    let select = grouped_by::<_, control_point::Entity>(trends(reader, filter));
    let select = with_columns::<_, control_point::Entity>(select, POINT)
        .order_by_asc(control_year::Column::Year)
        .order_by_asc(control_point::Column::Id);
    by_direction(reader, select, POINT).await
}

/// The development of each department across its points, in the municipality's order.
pub(in crate::reporting) async fn trends_by_department(
    reader: &Reader,
    filter: &RollUpFilter,
) -> Result<Vec<TrendTally<department::Model>>, StoreError> {
    by_direction(reader, by_department(trends(reader, filter)), DEPARTMENT).await
}

/// The reviewed assessments at the occasion that have a trend, counted by it: as stated, or else by rank on the scale.
fn trends(reader: &Reader, filter: &RollUpFilter) -> Select<follow_up::Entity> {
    let select = join_joined::<_, assessment::Entity, rating_level::Entity>(
        reviewed_assessments(reader, filter),
        JoinType::LeftJoin,
        assessment::Column::RatingLevelId,
        rating_level::Column::Id,
    );
    let went = |trend: Trend| Condition::all().add(trend_now(reader).eq(trend.to_value()));
    select
        .filter(trend_now(reader).is_not_null())
        .column_as(sum_where(went(Trend::Improved)), "improved")
        .column_as(sum_where(went(Trend::Unchanged)), "unchanged")
        .column_as(sum_where(went(Trend::Worsened)), "worsened")
        .column_as(secrets_before(reader), BEFORE)
}

/// The ids of the marked assessments of the year before that were compared with, for readers who may read any.
fn secrets_before(reader: &Reader) -> SimpleExpr {
    if reader.reach(Right::ConfidentialRead).is_empty() {
        return Expr::cust("CAST(NULL AS text)");
    }
    ids_as_text(reader.session(), secret_before(reader))
}

/// The trend of the joined assessment: as it was stated, or else by its rank against the one of the year before.
fn trend_now(reader: &Reader) -> Expr {
    let rank = || Expr::col(rating_level::Column::Rank.as_column_ref());
    let by_rank = CaseStatement::new()
        .case(
            rank().lt(rank_before(reader, ReadFor::Reader)),
            Trend::Improved.to_value(),
        )
        .case(
            rank().eq(rank_before(reader, ReadFor::Reader)),
            Trend::Unchanged.to_value(),
        )
        .case(
            rank().gt(rank_before(reader, ReadFor::Reader)),
            Trend::Worsened.to_value(),
        );
    Expr::col(assessment::Column::StatedTrend.as_column_ref()).if_null(Expr::expr(by_rank))
}

async fn by_direction<M: FromQueryResult>(
    reader: &Reader,
    select: Select<follow_up::Entity>,
    of: &str,
) -> Result<Vec<TrendTally<M>>, StoreError> {
    tallies(reader, select, |row| {
        note(reader, "assessment", row, SECRETS)?;
        note(reader, "assessment", row, BEFORE)?;
        Ok(TrendTally {
            year: row.try_get("", YEAR)?,
            of: M::from_query_result(row, of)?,
            improved: count(row, "improved")?,
            unchanged: count(row, "unchanged")?,
            worsened: count(row, "worsened")?,
        })
    })
    .await
}

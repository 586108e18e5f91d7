use super::{
    confidential::sealed_last,
    follow_up::{FollowUpRow, follow_up_rows},
    scope::{confidential, visible_evidence, visible_follow_ups},
};
use crate::{
    access::{Keyed, Reader, Sealed, flag, join},
    database::StoreError,
    decisions::cases_by_id,
    relation,
};
use entity::{case_file, finding, follow_up, review, review_follow_up};
use sea_orm::{
    ColumnTrait, Condition, JoinType, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, ExprTrait, Query, SimpleExpr},
};
use uuid::Uuid;

/// Reviews, and whether the reader may see their content: it may be read in any follow-up that they concern.
fn review_rows(reader: &Reader) -> Select<review::Entity> {
    let open = Condition::any()
        .add(review::Column::SecrecyGround.is_null())
        .add(concerns(reader, confidential(reader)));
    reader
        .find::<review::Entity>()
        .column_as(flag(open), Sealed::<()>::READABLE)
}

/// Whether a review concerns a follow-up of which `condition` holds.
fn concerns(reader: &Reader, condition: Condition) -> SimpleExpr {
    use review_follow_up::Column;
    let found = Query::select()
        .expr(Expr::val(1))
        .from(review_follow_up::Entity)
        .inner_join(
            follow_up::Entity,
            follow_up::Column::MunicipalityId
                .eq(reader.municipality_id())
                .and(Expr::col(follow_up::Column::Id.as_column_ref()).equals(Column::FollowUpId.as_column_ref())),
        )
        .and_where(Column::MunicipalityId.eq(reader.municipality_id()))
        .and_where(Expr::col(Column::ReviewId.as_column_ref()).equals(review::Column::Id.as_column_ref()))
        .cond_where(condition)
        .to_owned();
    Expr::exists(found)
}

/// The reviews that the reader sees in one of the follow-ups that they concern.
fn visible(reader: &Reader) -> SimpleExpr {
    visible_review_evidence(reader, review::Column::CreatedAt)
}

/// What belongs to reviews and the reader sees in one of the follow-ups that they concern, over when it was registered and
/// the columns of `review`.
pub(crate) fn visible_review_evidence(reader: &Reader, registered: impl ColumnTrait) -> SimpleExpr {
    concerns(reader, visible_evidence(reader, registered))
}

/// Those of `ids` that the reader sees, each with its id.
pub(crate) async fn visible_reviews_by_id(
    reader: &Reader,
    ids: Vec<Uuid>,
) -> Result<Vec<(Uuid, Sealed<review::Model>)>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = review_rows(reader)
        .filter(reader.any_of(review::Column::Id.as_column_ref(), ids))
        .filter(visible(reader))
        .into_model::<Sealed<review::Model>>()
        .all(reader.session())
        .await?;
    let id = |row: &Sealed<review::Model>| row.outside(|review| review.id);
    Ok(rows.into_iter().map(|row| (id(&row), row)).collect())
}

/// The reviews that belong to cases and that the reader sees: a case gathers what several departments put into it.
pub(crate) async fn reviews_of_cases(
    reader: &Reader,
    cases: Vec<Uuid>,
) -> Result<Vec<(Uuid, Sealed<review::Model>)>, StoreError> {
    let rows = review_rows(reader)
        .filter(reader.any_of(review::Column::CaseFileId.as_column_ref(), cases))
        .filter(visible(reader))
        .order_by_asc(review::Column::Id)
        .into_model::<Sealed<review::Model>>()
        .all(reader.session())
        .await?;
    let keyed = rows
        .into_iter()
        .filter_map(|row| Some((row.outside(|review| review.case_file_id)?, row)));
    Ok(sealed_last(keyed.collect()))
}

/// Which follow-ups a review concerns.
pub(crate) async fn follow_ups_of_review(
    reader: &Reader,
    review_id: Uuid,
) -> Result<Vec<follow_up::Model>, StoreError> {
    let select = join::<follow_up::Entity, review_follow_up::Entity>(
        reader.find(),
        JoinType::InnerJoin,
        follow_up::Column::Id,
        review_follow_up::Column::FollowUpId,
    );
    Ok(select
        .filter(review_follow_up::Column::ReviewId.eq(review_id))
        .order_by_asc(follow_up::Column::Id)
        .all(reader.session())
        .await?)
}

relation! {
    /// The reviews by others that concern a follow-up.
    ReviewsOfFollowUp: FollowUpRow => Sealed<review::Model>,
    |row| Some(row.follow_up.id), reviews_of_follow_ups
}

async fn reviews_of_follow_ups(
    reader: &Reader,
    follow_ups: Vec<Uuid>,
) -> Result<Vec<(Uuid, Sealed<review::Model>)>, StoreError> {
    let select = join::<_, review_follow_up::Entity>(
        review_rows(reader),
        JoinType::InnerJoin,
        review::Column::Id,
        review_follow_up::Column::ReviewId,
    );
    let rows = select
        .filter(reader.any_of(review_follow_up::Column::FollowUpId.as_column_ref(), follow_ups))
        .filter(visible(reader))
        .column_as(review_follow_up::Column::FollowUpId, Keyed::<()>::KEY)
        .order_by_asc(review::Column::Id)
        .into_model::<Keyed<Sealed<review::Model>>>()
        .all(reader.session())
        .await?;
    Ok(sealed_last(rows.into_iter().map(Keyed::pair).collect()))
}

relation! {
    /// The review that found something.
    ReviewOfFinding: Sealed<finding::Model> => Sealed<review::Model>,
    |row| row.unnoted().and_then(|finding| finding.review_id), visible_reviews_by_id
}

relation! {
    /// The case that a review belongs to.
    CaseOfReview: Sealed<review::Model> => case_file::Model,
    |row| row.unnoted().and_then(|review| review.case_file_id), cases_by_id
}

relation! {
    /// The follow-ups that a review concerns and that the reader sees.
    FollowUpsOfReview: Sealed<review::Model> => FollowUpRow,
    |row| Some(row.outside(|review| review.id)), follow_ups_of_reviews
}

async fn follow_ups_of_reviews(reader: &Reader, reviews: Vec<Uuid>) -> Result<Vec<(Uuid, FollowUpRow)>, StoreError> {
    let select = join::<_, review_follow_up::Entity>(
        follow_up_rows(reader),
        JoinType::InnerJoin,
        follow_up::Column::Id,
        review_follow_up::Column::FollowUpId,
    );
    let rows = select
        .filter(reader.any_of(review_follow_up::Column::ReviewId.as_column_ref(), reviews))
        .filter(visible_follow_ups(reader))
        .column_as(review_follow_up::Column::ReviewId, Keyed::<()>::KEY)
        .order_by_asc(follow_up::Column::Id)
        .into_model::<Keyed<FollowUpRow>>()
        .all(reader.session())
        .await?;
    Ok(rows.into_iter().map(Keyed::pair).collect())
}

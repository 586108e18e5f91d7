use super::{
    confidential::{sealed, sealed_last},
    follow_up::{FollowUpRow, visible_follow_ups_by_id},
    scope,
};
use crate::{
    access::{Reader, Sealed, Secret, flag, join, rows_by_id, with_columns},
    database::StoreError,
    graphql::Row,
    relation,
};
use entity::{FollowUpStatus, assessment, follow_up, rating_level, reporting_occasion, user_account};
use sea_orm::{
    ColumnTrait, Condition, DbErr, FromQueryResult, JoinType, QueryFilter, QueryOrder, QueryResult, QuerySelect,
    Select,
    sea_query::{Alias, Expr, ExprTrait, Query},
};
use uuid::Uuid;

/// An assessment with what it is never shown without.
#[derive(Clone, Debug)]
pub(crate) struct AssessmentRow {
    /// The assessment.
    pub(crate) assessment: assessment::Model,
    /// The occasion that it is for.
    pub(crate) occasion: reporting_occasion::Model,
    /// Whether that is the year's last.
    pub(crate) is_last: bool,
    /// The level chosen on the year's scale.
    pub(crate) rating: Option<rating_level::Model>,
}

impl Secret for AssessmentRow {
    const KIND: &'static str = "assessment";

    fn id(&self) -> Uuid {
        self.assessment.id
    }

    fn ground(&self) -> Option<&String> {
        self.assessment.secrecy_ground.as_ref()
    }
}

const OCCASION: &str = "occasion_";
const RATING: &str = "level_";
const IS_LAST: &str = "is_last";

impl FromQueryResult for AssessmentRow {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        Ok(Self {
            assessment: assessment::Model::from_query_result(row, prefix)?,
            occasion: reporting_occasion::Model::from_query_result(row, &format!("{prefix}{OCCASION}"))?,
            is_last: row.try_get::<i32>(prefix, IS_LAST)? == 1,
            rating: Option::from_query_result(row, &format!("{prefix}{RATING}"))?,
        })
    }
}

fn assessment_rows(reader: &Reader) -> Select<assessment::Entity> {
    use assessment::Column;
    let select = join::<_, reporting_occasion::Entity>(
        sealed::<assessment::Entity>(reader),
        JoinType::InnerJoin,
        Column::OccasionId,
        reporting_occasion::Column::Id,
    );
    let select = join::<_, rating_level::Entity>(
        select,
        JoinType::LeftJoin,
        Column::RatingLevelId,
        rating_level::Column::Id,
    );
    let select = with_columns::<_, reporting_occasion::Entity>(select, OCCASION);
    with_columns::<_, rating_level::Entity>(select, RATING).column_as(flag(is_last(reader)), IS_LAST)
}

/// Whether no occasion of the year comes after the joined one.
fn is_last(reader: &Reader) -> Condition {
    use reporting_occasion::Column;
    let later = Alias::new("later_occasion");
    let of_later = |column: Column| Expr::col((later.clone(), column));
    let found = Query::select()
        .expr(Expr::val(1))
        .from_as(reporting_occasion::Entity, later.clone())
        .and_where(of_later(Column::MunicipalityId).eq(reader.municipality_id()))
        .and_where(of_later(Column::ControlYearId).equals(Column::ControlYearId.as_column_ref()))
        .and_where(of_later(Column::Position).gt(Expr::col(Column::Position.as_column_ref())))
        .to_owned();
    Condition::all().add(Expr::exists(found).not())
}

/// Those of `ids` that the reader sees, each with its id.
pub(crate) async fn visible_assessments(
    reader: &Reader,
    ids: Vec<Uuid>,
) -> Result<Vec<(Uuid, Sealed<AssessmentRow>)>, StoreError> {
    let rows = assessment_rows(reader)
        .filter(reader.any_of(assessment::Column::Id.as_column_ref(), ids))
        .filter(scope::visible_assessments(reader))
        .into_model::<Sealed<AssessmentRow>>()
        .all(reader.session())
        .await?;
    let id = |row: &Sealed<AssessmentRow>| row.outside(|row| row.assessment.id);
    Ok(rows.into_iter().map(|row| (id(&row), row)).collect())
}

/// Whether there is an assessment of a follow-up at an occasion.
pub(crate) async fn assessment_at(reader: &Reader, follow_up_id: Uuid, occasion_id: Uuid) -> Result<bool, StoreError> {
    let found = reader
        .find::<assessment::Entity>()
        .filter(assessment::Column::FollowUpId.eq(follow_up_id))
        .filter(assessment::Column::OccasionId.eq(occasion_id))
        .one(reader.session())
        .await?;
    Ok(found.is_some())
}

/// A year's rating scale, best first.
pub(crate) async fn rating_scale(reader: &Reader, year_id: Uuid) -> Result<Vec<rating_level::Model>, StoreError> {
    Ok(reader
        .find::<rating_level::Entity>()
        .filter(rating_level::Column::ControlYearId.eq(year_id))
        .order_by_asc(rating_level::Column::Rank)
        .all(reader.session())
        .await?)
}

relation! {
    /// A follow-up's assessments, in the order of the occasions.
    AssessmentsOfFollowUp: FollowUpRow => Sealed<AssessmentRow>,
    |row| Some(row.follow_up.id), assessments_of_follow_ups
}

async fn assessments_of_follow_ups(
    reader: &Reader,
    follow_ups: Vec<Uuid>,
) -> Result<Vec<(Uuid, Sealed<AssessmentRow>)>, StoreError> {
    let rows = assessment_rows(reader)
        .filter(reader.any_of(follow_up::Column::Id.as_column_ref(), follow_ups))
        .filter(scope::visible_assessments(reader))
        .order_by_asc(reporting_occasion::Column::Position)
        .order_by_asc(assessment::Column::Id)
        .into_model::<Sealed<AssessmentRow>>()
        .all(reader.session())
        .await?;
    let key = |row: &Sealed<AssessmentRow>| row.outside(|row| row.assessment.follow_up_id);
    Ok(sealed_last(rows.into_iter().map(|row| (key(&row), row)).collect()))
}

/// A follow-up's assessment at the latest occasion begun, of those that the reader sees.
pub(crate) async fn latest_assessment(
    follow_up: &Row<FollowUpRow>,
) -> Result<Option<Row<Sealed<AssessmentRow>>>, StoreError> {
    let assessments = follow_up.many(AssessmentsOfFollowUp).await?;
    let begun = assessments
        .into_iter()
        .filter(|row| row.outside(|row| row.assessment.status) != FollowUpStatus::NotStarted);
    Ok(begun.max_by_key(|row| row.outside(|row| row.occasion.position)))
}

relation! {
    /// The follow-up of an assessment.
    FollowUpOfAssessment: Sealed<AssessmentRow> => FollowUpRow,
    |row| Some(row.outside(|row| row.assessment.follow_up_id)), visible_follow_ups_by_id
}

relation! {
    /// The user who assessed.
    AssessorOf: Sealed<AssessmentRow> => user_account::Model,
    |row| row.unnoted().and_then(|row| row.assessment.assessed_by), rows_by_id::<user_account::Entity>
}

relation! {
    /// The user who reviewed an assessment.
    ReviewerOf: Sealed<AssessmentRow> => user_account::Model,
    |row| row.unnoted().and_then(|row| row.assessment.reviewed_by), rows_by_id::<user_account::Entity>
}

use super::{
    confidential::{sealed, sealed_last},
    follow_up::{FollowUpRow, of_department, visible_follow_ups_by_id},
    scope::{open, visible_evidence, when},
};
use crate::{
    access::{Reader, Sealed, flag},
    database::{Page, PageError, Slice, SortKey, StoreError, count, page},
    relation,
};
use entity::{FindingStatus, Severity, control_year, finding, follow_up, review, review_follow_up};
use sea_orm::{
    ColumnTrait, Condition, QueryFilter, QueryOrder, Select,
    sea_query::{Expr, ExprTrait, Query, SimpleExpr},
};
use uuid::Uuid;

/// Which findings are asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct FindingFilter {
    pub(crate) department_code: Option<String>,
    pub(crate) year: Option<i32>,
    pub(crate) severity: Vec<Severity>,
    pub(crate) status: Vec<FindingStatus>,
    pub(crate) area: Option<String>,
}

/// The orders in which findings are listed: what is withheld from the reader comes last in each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FindingOrder {
    /// The most serious first, those of unknown severity after them.
    Severity,
    /// In the order in which they were registered.
    Created,
}

/// A page of the findings that the reader sees, and how many there are when that is wanted. What is
/// withheld is matched by department and year alone.
pub(crate) async fn finding_page(
    reader: &Reader,
    filter: FindingFilter,
    order: FindingOrder,
    wanted: &Page,
    total: bool,
) -> Result<(Slice<Sealed<finding::Model>>, i32), PageError> {
    use finding::Column;
    let readable = open(reader, Column::SecrecyGround);
    // A cursor tells the values of its keys, so they must not tell what is withheld.
    let (list, place) = match order {
        FindingOrder::Severity => {
            let less_serious = Expr::val(4).sub(Column::SeverityRank.into_expr());
            (
                "findings by severity",
                when(readable.clone(), less_serious, Expr::val(5)),
            )
        }
        FindingOrder::Created => ("findings by age", Expr::val(1).sub(flag(readable.clone()))),
    };
    let keys = [SortKey::number(place), SortKey::id(Column::Id.into_expr())];
    let mut select = sealed::<finding::Entity>(reader).filter(visible_evidence(reader, Column::CreatedAt));
    if let Some(code) = &filter.department_code {
        select = select.filter(of_department(reader, follow_up::Column::DepartmentId, code));
    }
    if let Some(year) = filter.year {
        select = select.filter(of_year(reader, follow_up::Column::ControlYearId.into_expr(), year));
    }
    if let Some(content) = content_filter(filter) {
        select = select.filter(readable).filter(content);
    }
    let count = if total {
        count(reader.session(), select.clone()).await?
    } else {
        0
    };
    let slice = page(reader.session(), select, list, &keys, wanted).await?;
    Ok((slice, count))
}

/// The part of a filter that asks for content.
fn content_filter(filter: FindingFilter) -> Option<Condition> {
    use finding::Column;
    let mut all = Condition::all();
    if !filter.severity.is_empty() {
        all = all.add(Column::Severity.is_in(filter.severity));
    }
    if !filter.status.is_empty() {
        all = all.add(Column::Status.is_in(filter.status));
    }
    if let Some(area) = filter.area {
        all = all.add(Column::Area.eq(area));
    }
    (!all.is_empty()).then_some(all)
}

/// Where `year_id` refers to the year with this number.
pub(super) fn of_year(reader: &Reader, year_id: SimpleExpr, year: i32) -> SimpleExpr {
    let found = Query::select()
        .column(control_year::Column::Id.as_column_ref())
        .from(control_year::Entity)
        .and_where(control_year::Column::MunicipalityId.eq(reader.municipality_id()))
        .and_where(control_year::Column::Year.eq(year))
        .to_owned();
    year_id.in_subquery(found)
}

relation! {
    /// A follow-up's findings. The same statement finds those of the reviews that concern the follow-ups, under the
    /// reviews' ids.
    FindingsOfFollowUp: FollowUpRow => Sealed<finding::Model>,
    |row| Some(row.follow_up.id), findings_of_follow_ups
}

async fn findings_of_follow_ups(
    reader: &Reader,
    follow_ups: Vec<Uuid>,
) -> Result<Vec<(Uuid, Sealed<finding::Model>)>, StoreError> {
    use finding::Column;
    let reviews = Query::select()
        .column(review_follow_up::Column::ReviewId.as_column_ref())
        .from(review_follow_up::Entity)
        .and_where(review_follow_up::Column::MunicipalityId.eq(reader.municipality_id()))
        .cond_where(reader.any_of(
            review_follow_up::Column::FollowUpId.as_column_ref(),
            follow_ups.iter().copied(),
        ))
        .to_owned();
    let wanted = Condition::any()
        .add(reader.any_of(Column::FollowUpId.as_column_ref(), follow_ups))
        .add(Column::ReviewId.in_subquery(reviews));
    let select = sealed::<finding::Entity>(reader)
        .filter(wanted)
        .filter(visible_evidence(reader, Column::CreatedAt));
    let rows = ordered(reader, select).await?;
    Ok(rows
        .into_iter()
        .flat_map(|row| {
            let (follow_up, review) = row.outside(|finding| (finding.follow_up_id, finding.review_id));
            let of_review = review.map(|review| (review, row.clone()));
            std::iter::once((follow_up, row)).chain(of_review)
        })
        .collect())
}

relation! {
    /// A review's findings that the reader sees.
    FindingsOfReview: Sealed<review::Model> => Sealed<finding::Model>,
    |row| row.unnoted().map(|review| review.id), findings_of_reviews
}

async fn findings_of_reviews(
    reader: &Reader,
    reviews: Vec<Uuid>,
) -> Result<Vec<(Uuid, Sealed<finding::Model>)>, StoreError> {
    let select = sealed::<finding::Entity>(reader)
        .filter(reader.any_of(finding::Column::ReviewId.as_column_ref(), reviews))
        .filter(visible_evidence(reader, finding::Column::CreatedAt));
    let rows = ordered(reader, select).await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| Some((row.outside(|finding| finding.review_id)?, row)))
        .collect())
}

async fn ordered(reader: &Reader, select: Select<finding::Entity>) -> Result<Vec<Sealed<finding::Model>>, StoreError> {
    let rows = select
        .order_by_asc(finding::Column::Id)
        .into_model::<Sealed<finding::Model>>()
        .all(reader.session())
        .await?;
    let rows = rows.into_iter().map(|row| (Uuid::nil(), row)).collect();
    Ok(sealed_last(rows).into_iter().map(|(_, row)| row).collect())
}

relation! {
    /// The follow-up of a finding.
    FollowUpOfFinding: Sealed<finding::Model> => FollowUpRow,
    |row| Some(row.outside(|finding| finding.follow_up_id)), visible_follow_ups_by_id
}

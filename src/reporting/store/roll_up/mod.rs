//! Roll-ups across departments and years: each one statement, which the database aggregates, over what the reader sees.
//!
//! What is confidential and not for the reader counts in none of them, since each tells a rating, a severity or a state.

mod action;
mod completeness;
mod finding;
mod rating;
mod trend;

pub(in crate::reporting) use action::overdue_actions;
pub(in crate::reporting) use completeness::completeness;
pub(in crate::reporting) use finding::{FindingTally, open_findings};
pub(in crate::reporting) use rating::ratings;
pub(in crate::reporting) use trend::{TrendTally, trends_by_department, trends_by_point};

use crate::{
    access::{Reader, Right, flag, join, join_joined, with_columns},
    database::{StoreError, TenantTable, ids_as_text, ids_in_text},
    follow_up::{assessments_seen, readable_to},
    planning::{follow_up_reported_to, organisation_day_at},
};
use entity::{
    ControlScope, FollowUpStatus, assessment, committee, control_plan, control_point, control_year, department,
    follow_up, plan_point, reporting_occasion,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, JoinType, QueryFilter, QueryOrder, QueryResult,
    QuerySelect, QueryTrait, Select,
    sea_query::{Expr, ExprTrait, Func, IntoColumnRef, Query, SimpleExpr},
};
use uuid::Uuid;

/// What a roll-up is of.
#[derive(Clone, Debug)]
pub(in crate::reporting) struct RollUpFilter {
    /// The calendar years.
    pub(in crate::reporting) years: Vec<i32>,
    /// The code of the committee that is answered to at the occasion; none for the whole municipality.
    pub(in crate::reporting) committee: Option<String>,
    /// The code of the occasion in each year; none for its last.
    pub(in crate::reporting) occasion: Option<String>,
    /// Shared points alone, or departments' own alone.
    pub(in crate::reporting) scope: Option<ControlScope>,
}

const SECRETS: &str = "secrets";
const COUNT: &str = "tally";
const YEAR: &str = "year";
const DEPARTMENT: &str = "department__";

/// The follow-ups that a roll-up is of, joined with their year, department, point, place in a plan, and plan: not yet
/// restricted to those that the reader sees.
fn follow_ups(reader: &Reader, filter: &RollUpFilter) -> Select<follow_up::Entity> {
    use follow_up::Column;
    let inner = JoinType::InnerJoin;
    let select = reader.find::<follow_up::Entity>();
    let select = join::<_, control_year::Entity>(select, inner, Column::ControlYearId, control_year::Column::Id);
    let select = join::<_, department::Entity>(select, inner, Column::DepartmentId, department::Column::Id);
    let select = join::<_, control_point::Entity>(select, inner, Column::ControlPointId, control_point::Column::Id);
    let select = join::<_, plan_point::Entity>(select, inner, Column::PlanPointId, plan_point::Column::Id);
    let select = join_joined::<_, plan_point::Entity, control_plan::Entity>(
        select,
        inner,
        plan_point::Column::ControlPlanId,
        control_plan::Column::Id,
    );
    let mut select = select.filter(control_year::Column::Year.is_in(filter.years.iter().copied()));
    if let Some(scope) = filter.scope {
        select = select.filter(control_point::Column::Scope.eq(scope));
    }
    if let Some(code) = &filter.committee {
        select = select.filter(follow_up_reported_to(
            reader,
            committee_with(reader, code),
            day_of(reader, filter, Column::ControlYearId.into_expr()),
        ));
    }
    select
}

/// The reviewed assessments of [`follow_ups`] at the roll-up's occasion that the reader sees, told by year.
fn reviewed_assessments(reader: &Reader, filter: &RollUpFilter) -> Select<follow_up::Entity> {
    use assessment::Column;
    let inner = JoinType::InnerJoin;
    let select = follow_ups(reader, filter);
    let select = join::<_, assessment::Entity>(select, inner, follow_up::Column::Id, Column::FollowUpId);
    let select = join_joined::<_, assessment::Entity, reporting_occasion::Entity>(
        select,
        inner,
        Column::OccasionId,
        reporting_occasion::Column::Id,
    );
    let ground = Column::SecrecyGround.into_expr();
    select
        .filter(Column::Status.eq(FollowUpStatus::Reviewed))
        .filter(at_occasion(reader, filter))
        .filter(assessments_seen(reader))
        .filter(readable_to(reader, Column::SecrecyGround))
        .select_only()
        .column_as(control_year::Column::Year, YEAR)
        .column_as(secrets(reader, ground, Column::Id.as_column_ref()), SECRETS)
        .group_by(control_year::Column::Year)
}

/// When it counts who answers to whom for the roll-up, in the year with an id.
fn day_of(reader: &Reader, filter: &RollUpFilter, year: impl Into<Expr>) -> Expr {
    let of_year = reporting_occasion::Column::ControlYearId.into_expr().eq(year.into());
    organisation_day_at(reader, Condition::all().add(of_year).add(at_occasion(reader, filter)))
}

/// The committee with a code.
fn committee_with(reader: &Reader, code: &str) -> Expr {
    let committee = Query::select()
        .column(committee::Column::Id)
        .from(committee::Entity)
        .and_where(committee::Column::MunicipalityId.eq(reader.municipality_id()))
        .and_where(committee::Column::Code.eq(code))
        .to_owned();
    Expr::SubQuery(None, Box::new(committee.into()))
}

/// That the joined occasion is the one that the roll-up is of, in the joined year.
fn at_occasion(reader: &Reader, filter: &RollUpFilter) -> Expr {
    match &filter.occasion {
        Some(code) => reporting_occasion::Column::Code.eq(code.as_str()),
        None => super::report::last_of_its_year(reader),
    }
}

/// The ids of the marked rows among those counted, for readers who may read anything confidential: what is counted of it
/// is noted.
fn secrets(reader: &Reader, ground: SimpleExpr, id: impl IntoColumnRef) -> SimpleExpr {
    if reader.reach(Right::ConfidentialRead).is_empty() {
        return Expr::cust("CAST(NULL AS text)");
    }
    let marked = Expr::case(ground.is_not_null(), Expr::col(id));
    ids_as_text(reader.session(), marked)
}

/// Notes the marked rows that went into a tally.
fn note(reader: &Reader, kind: &'static str, row: &QueryResult, ids: &str) -> Result<(), DbErr> {
    for id in ids_in_text(row.try_get("", ids)?) {
        reader.reads().note(kind, id);
    }
    Ok(())
}

/// How many of a group's rows a condition holds for.
fn sum_where(condition: Condition) -> SimpleExpr {
    Func::sum(flag(condition)).into()
}

/// A count as the API tells it.
fn count(row: &QueryResult, name: &str) -> Result<i32, DbErr> {
    let count: Option<i64> = row.try_get("", name)?;
    Ok(i32::try_from(count.unwrap_or_default()).unwrap_or(i32::MAX))
}

/// Groups by the rows of a table: by its key, on which the other columns depend.
fn grouped_by<E: EntityTrait, T: TenantTable>(select: Select<E>) -> Select<E> {
    select
        .group_by(Expr::col(T::MUNICIPALITY.as_column_ref()))
        .group_by(Expr::col(T::ID.as_column_ref()))
}

/// Groups by department and tells each, by year and in the municipality's order.
fn by_department<E: EntityTrait>(select: Select<E>) -> Select<E> {
    let select = grouped_by::<_, department::Entity>(select);
    with_columns::<_, department::Entity>(select, DEPARTMENT)
        .order_by_asc(control_year::Column::Year)
        .order_by_asc(department::Column::Position)
        .order_by_asc(department::Column::NameKey)
        .order_by_asc(department::Column::Id)
}

/// The tallies that a statement answers, each row told by `tally`.
async fn tallies<E: EntityTrait, T>(
    reader: &Reader,
    select: Select<E>,
    tally: impl Fn(&QueryResult) -> Result<T, DbErr>,
) -> Result<Vec<T>, StoreError> {
    let statement = select.build(reader.session().get_database_backend());
    let rows = reader.session().query_all_raw(statement).await?;
    Ok(rows.iter().map(tally).collect::<Result<_, _>>()?)
}

/// Whether a row of a joined table is there.
fn is_there(row: &QueryResult, prefix: &str) -> Result<bool, DbErr> {
    Ok(row.try_get::<Option<Uuid>>(prefix, "id")?.is_some())
}

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
    access::{Reader, Right, flag, join, join_joined},
    database::{TenantTable, ids_as_text, ids_in_text},
};
use entity::{
    ControlScope, committee, control_plan, control_point, control_year, department, follow_up, plan_point,
    reporting_occasion,
};
use sea_orm::{
    ColumnTrait, Condition, DbErr, JoinType, QueryFilter, QueryResult, Select,
    sea_query::{Expr, ExprTrait, Func, IntoColumnRef, Query, SelectStatement, SimpleExpr},
};
use uuid::Uuid;

/// What a roll-up is of.
#[derive(Clone, Debug)]
pub(in crate::reporting) struct RollUpFilter {
    /// The calendar years.
    pub(in crate::reporting) years: Vec<i32>,
    /// The code of the committee whose plans are followed up; none for the whole municipality.
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
        select = select.filter(control_plan::Column::CommitteeId.in_subquery(committee_with(reader, code)));
    }
    select
}

fn committee_with(reader: &Reader, code: &str) -> SelectStatement {
    Query::select()
        .column(committee::Column::Id)
        .from(committee::Entity)
        .and_where(committee::Column::MunicipalityId.eq(reader.municipality_id()))
        .and_where(committee::Column::Code.eq(code))
        .to_owned()
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

/// The row's columns of a table's key, which its group is told apart by.
fn grouped<E: TenantTable>() -> [Expr; 2] {
    [E::MUNICIPALITY, E::ID].map(|column| Expr::col(column.as_column_ref()))
}

/// Whether a row of a joined table is there.
fn is_there(row: &QueryResult, prefix: &str) -> Result<bool, DbErr> {
    Ok(row.try_get::<Option<Uuid>>(prefix, "id")?.is_some())
}

//! Reading what there is to do: one statement over all the rooms that work comes from.

mod access_changes;
mod actions;
mod arm;
mod assessments;
mod carry_overs;
mod dispatches;
mod findings;
mod joint_reports;
mod plans;
mod reports;
mod schedule;

use super::rules::kind_at;
use crate::{
    access::{Reader, Right},
    database::{Page, PageError, Slice, SortKey, StoreError, count_of, page_of},
    follow_up::visible_follow_ups,
};
use chrono::NaiveDate;
use entity::{WorkItemKind, follow_up};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, FromQueryResult, QueryResult,
    sea_query::{Expr, IntoColumnRef, Order, Query, SelectStatement},
};
use uuid::Uuid;

/// Something to do.
#[derive(Clone, Debug)]
pub(crate) struct WorkRow {
    /// What is to be done.
    pub(crate) kind: WorkItemKind,
    /// The day it is due.
    pub(crate) due_on: Option<NaiveDate>,
    /// What it is to be done to.
    pub(crate) subject_id: Uuid,
    /// The reporting occasion at which; the subject where there is none.
    pub(crate) occasion_id: Uuid,
    /// The department; none for what is the whole municipality's.
    pub(crate) department_id: Option<Uuid>,
    /// The point, the report or the plan that it is about.
    pub(crate) about: String,
    /// The department's code.
    pub(crate) department: Option<String>,
    /// The occasion's label.
    pub(crate) occasion: Option<String>,
    /// The follow-up that it hangs on.
    pub(crate) follow_up_id: Option<Uuid>,
    /// Whether its subject is marked as confidential.
    pub(crate) marked: bool,
}

/// The most characters of what it is about: a risk is told by its description.
const ABOUT: usize = 200;

impl FromQueryResult for WorkRow {
    fn from_query_result(row: &QueryResult, _prefix: &str) -> Result<Self, DbErr> {
        let rank: i32 = row.try_get("", "kind")?;
        let about: String = row.try_get("", "about")?;
        Ok(Self {
            kind: kind_at(rank).ok_or_else(|| DbErr::Type(format!("no kind of work is {rank}")))?,
            due_on: row.try_get("", "due_on")?,
            subject_id: row.try_get("", "subject_id")?,
            occasion_id: row.try_get("", "occasion_id")?,
            department_id: row.try_get("", "department_id")?,
            about: shortened(about),
            department: row.try_get("", "department")?,
            occasion: row.try_get("", "occasion")?,
            follow_up_id: row.try_get("", "follow_up_id")?,
            marked: row.try_get::<i32>("", "marked")? != 0,
        })
    }
}

fn shortened(about: String) -> String {
    if about.chars().count() <= ABOUT {
        return about;
    }
    about.chars().take(ABOUT).chain(['…']).collect()
}

/// The columns of [`WorkRow`] and of its order, in the order in which each arm selects them.
const COLUMNS: [&str; 11] = [
    "kind",
    "due_key",
    "due_on",
    "subject_id",
    "occasion_id",
    "department_id",
    "about",
    "department",
    "occasion",
    "follow_up_id",
    "marked",
];

/// A page of what the reader has to do, and how much there is when that is wanted.
pub(super) async fn work_page(reader: &Reader, wanted: &Page, total: bool) -> Result<(Slice<WorkRow>, i32), PageError> {
    let Some(work) = work(reader) else {
        let none = Slice {
            rows: Vec::new(),
            has_previous: false,
            has_next: false,
        };
        return Ok((none, 0));
    };
    let order = [
        SortKey::date(Expr::col("due_key")),
        SortKey::number(Expr::col("kind")),
        SortKey::id(Expr::col("subject_id")),
        SortKey::id(Expr::col("occasion_id")),
    ];
    let count = if total {
        count_of(reader.session(), work.clone()).await?
    } else {
        0
    };
    let slice = page_of(reader.session(), work, "myWork", &order, wanted).await?;
    Ok((slice, count))
}

/// Everything that the reader has to do, in the order of `myWork`.
///
/// # Errors
/// When the database fails.
pub(crate) async fn all_work(reader: &Reader) -> Result<Vec<WorkRow>, StoreError> {
    let Some(mut work) = work(reader) else {
        return Ok(Vec::new());
    };
    for key in ["due_key", "kind", "subject_id", "occasion_id"] {
        work.order_by(key, Order::Asc);
    }
    let session = reader.session();
    let rows = session
        .query_all_raw(session.get_database_backend().build(&work))
        .await?;
    Ok(rows
        .iter()
        .map(|row| WorkRow::from_query_result(row, ""))
        .collect::<Result<_, _>>()?)
}

/// Everything that the reader has to do; `None` for those who have no right that there is work for, the public among them.
fn work(reader: &Reader) -> Option<SelectStatement> {
    let user_id = reader.actor().user_id()?;
    let arms = [
        schedule::arms(reader),
        assessments::arms(reader, user_id),
        findings::arms(reader, user_id),
        actions::arms(reader, user_id),
        reports::arms(reader, user_id),
        joint_reports::arms(reader, user_id),
        dispatches::arms(reader),
        carry_overs::arms(reader),
        plans::arms(reader),
        access_changes::arms(reader, user_id),
    ];
    let union = arm::union(arms.into_iter().flatten().collect())?;
    let mut work = Query::select();
    work.columns(COLUMNS).from_subquery(union, "work");
    Some(work)
}

/// The follow-ups where the reader has a right, as far as they see them.
fn of_follow_up(reader: &Reader, right: Right) -> Condition {
    Condition::all()
        .add(reader.within(
            right,
            follow_up::Column::DepartmentId.as_column_ref(),
            Some(follow_up::Column::Id.as_column_ref()),
        ))
        .add(visible_follow_ups(reader))
}

/// What lies before the committees that the reader has a right for.
fn of_committees(reader: &Reader, right: Right, committee: impl IntoColumnRef) -> Condition {
    let reach = reader.reach(right);
    if reach.everywhere {
        return Condition::all();
    }
    reader.any_of(committee, reach.committees)
}

/// What hangs on a follow-up and is not marked as confidential, or the reader may see all the same: nobody is asked to act
/// on what is withheld from them.
fn readable(reader: &Reader, unmarked: impl IntoIterator<Item = Expr>) -> Condition {
    readable_in(reader, unmarked, follow_up::Column::DepartmentId, follow_up::Column::Id)
}

/// [`readable`], of what tells its department and its follow-up in other columns.
fn readable_in(
    reader: &Reader,
    unmarked: impl IntoIterator<Item = Expr>,
    department: impl ColumnTrait,
    follow_up: impl ColumnTrait,
) -> Condition {
    let unmarked = unmarked.into_iter().fold(Condition::all(), Condition::add);
    Condition::any().add(unmarked).add(reader.within(
        Right::ConfidentialRead,
        department.as_column_ref(),
        Some(follow_up.as_column_ref()),
    ))
}

//! A stand-in for the room `follow_up`: only what other rooms need of it.

use crate::{
    access::{Reader, Right, join, rows_by_id},
    database::StoreError,
    graphql::{NodeKind, Row},
    row_object,
};
use async_graphql::{ID, Object};
use entity::{
    ReportStatus, assessment, control_check, control_year, corrective_action, department_report, finding, follow_up,
    plan_point, review,
};
use sea_orm::{
    ColumnTrait, Condition, DbErr, FromQueryResult, JoinType, QueryFilter, QueryResult, QuerySelect, Select,
    sea_query::{Expr, ExprTrait, Query},
};
use uuid::Uuid;

macro_rules! stand_in {
    ($name:ident, $table:ident) => {
        /// A stand-in.
        #[derive(Clone)]
        pub struct $name(Row<$table::Model>);

        row_object!($name($table::Model), load: rows_by_id::<$table::Entity>);

        /// A stand-in.
        #[Object]
        impl $name {
            /// Its global id.
            pub(crate) async fn id(&self) -> ID {
                NodeKind::$name.encode(self.0.id)
            }
        }
    };
}

stand_in!(Assessment, assessment);
stand_in!(Check, control_check);
stand_in!(Review, review);
stand_in!(Finding, finding);
stand_in!(CorrectiveAction, corrective_action);

/// A follow-up with what it needs of its plan point and year.
#[derive(Clone, Debug)]
pub(crate) struct FollowUpRow {
    /// The follow-up.
    pub(crate) follow_up: follow_up::Model,
    /// Its number in the department's plan.
    pub(crate) number: i32,
    /// Its year.
    pub(crate) year: i32,
}

impl FromQueryResult for FollowUpRow {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        Ok(Self {
            follow_up: follow_up::Model::from_query_result(row, prefix)?,
            number: row.try_get(prefix, "number")?,
            year: row.try_get(prefix, "year")?,
        })
    }
}

/// A stand-in.
#[derive(Clone)]
pub struct FollowUp(Row<FollowUpRow>);

row_object!(FollowUp(FollowUpRow), load: visible_rows);

async fn visible_rows(reader: &Reader, ids: Vec<Uuid>) -> Result<Vec<(Uuid, FollowUpRow)>, StoreError> {
    let rows = follow_up_rows(reader)
        .filter(reader.any_of(follow_up::Column::Id.as_column_ref(), ids))
        .filter(visible_follow_ups(reader))
        .into_model::<FollowUpRow>()
        .all(reader.session())
        .await?;
    Ok(rows.into_iter().map(|row| (row.follow_up.id, row)).collect())
}

/// A stand-in.
#[Object]
impl FollowUp {
    /// Its global id.
    pub(crate) async fn id(&self) -> ID {
        NodeKind::FollowUp.encode(self.0.follow_up.id)
    }

    /// Its number.
    async fn number(&self) -> i32 {
        self.0.number
    }

    /// Its year.
    async fn year(&self) -> i32 {
        self.0.year
    }
}

/// Follow-ups with the columns of [`FollowUpRow`].
pub(crate) fn follow_up_rows(reader: &Reader) -> Select<follow_up::Entity> {
    let select = join::<follow_up::Entity, plan_point::Entity>(
        reader.find(),
        JoinType::InnerJoin,
        follow_up::Column::PlanPointId,
        plan_point::Column::Id,
    );
    join::<follow_up::Entity, control_year::Entity>(
        select,
        JoinType::InnerJoin,
        follow_up::Column::ControlYearId,
        control_year::Column::Id,
    )
    .column_as(plan_point::Column::Number, "number")
    .column_as(control_year::Column::Year, "year")
}

/// The follow-ups that the reader can see.
pub(crate) fn visible_follow_ups(reader: &Reader) -> Condition {
    use department_report::Column;
    if reader.reach(Right::FollowUpRead).everywhere {
        return Condition::all();
    }
    let reach = reader.reach(Right::DepartmentReportRead);
    let mut laid = Condition::any();
    laid = if reach.every_committee {
        laid.add(Column::CommitteeId.is_not_null())
    } else {
        laid.add(reader.any_of(Column::CommitteeId.as_column_ref(), reach.committees))
    };
    let report = Query::select()
        .expr(Expr::cust("1"))
        .from(department_report::Entity)
        .and_where(Column::MunicipalityId.eq(reader.municipality_id()))
        .and_where(
            Expr::col(Column::DepartmentId.as_column_ref()).equals(follow_up::Column::DepartmentId.as_column_ref()),
        )
        .and_where(
            Expr::col(Column::ControlYearId.as_column_ref()).equals(follow_up::Column::ControlYearId.as_column_ref()),
        )
        .cond_where(
            Condition::any().add(Column::PublishedAt.is_not_null()).add(
                Condition::all()
                    .add(Column::Status.is_in([
                        ReportStatus::Proposed,
                        ReportStatus::Recommended,
                        ReportStatus::Decided,
                        ReportStatus::ReferredBack,
                    ]))
                    .add(laid),
            ),
        )
        .to_owned();
    Condition::any()
        .add(reader.within(
            Right::FollowUpRead,
            follow_up::Column::DepartmentId.as_column_ref(),
            Some(follow_up::Column::Id.as_column_ref()),
        ))
        .add(Expr::exists(report))
}

/// A follow-up, if the reader can see it.
pub(crate) async fn visible_follow_up(reader: &Reader, id: Uuid) -> Result<Option<FollowUpRow>, StoreError> {
    Ok(visible_rows(reader, vec![id])
        .await?
        .into_iter()
        .next()
        .map(|(_, row)| row))
}

use super::COLUMNS;
use crate::{
    access::{Reader, Right, flag},
    database::Tenant,
    work::rules::rank,
};
use entity::{ControlYearPhase, WorkItemKind, control_point, control_year, department, exemption, follow_up};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, JoinType,
    sea_query::{Expr, ExprTrait, Func, IntoColumnRef, Query, SelectStatement, UnionType},
};

/// One kind of work: a row each, in the order of [`COLUMNS`].
pub(super) struct Arm<'a> {
    reader: &'a Reader,
    pub(super) query: SelectStatement,
}

/// What a row of an arm tells beside its kind.
pub(super) struct Told {
    /// The day it is due.
    pub(super) due_on: Expr,
    /// What is to be done something to.
    pub(super) subject: Expr,
    /// The reporting occasion; the subject where there is none.
    pub(super) occasion: Expr,
    /// What it is about, in words that are not confidential.
    pub(super) about: Expr,
    /// The label of the occasion.
    pub(super) label: Expr,
    /// The follow-up that it hangs on.
    pub(super) follow_up: Expr,
    /// Whether it is marked as confidential.
    pub(super) marked: Option<Condition>,
}

impl<'a> Arm<'a> {
    pub(super) fn from<E: EntityTrait + Tenant>(reader: &'a Reader, table: E) -> Self {
        let mut query = Query::select();
        query
            .from(table)
            .and_where(E::MUNICIPALITY.eq(reader.municipality_id()));
        Self { reader, query }
    }

    /// Joins a table of the same municipality where its `theirs` is another's `ours`.
    pub(super) fn join<J: EntityTrait + Tenant>(
        self,
        kind: JoinType,
        table: J,
        theirs: J::Column,
        ours: impl ColumnTrait,
    ) -> Self {
        self.join_on(kind, table, Condition::all().add(same(theirs, ours)))
    }

    /// Joins the rows of the same municipality for which a condition holds.
    pub(super) fn join_on<J: EntityTrait + Tenant>(mut self, kind: JoinType, table: J, on: Condition) -> Self {
        let own = J::MUNICIPALITY.eq(self.reader.municipality_id());
        self.query.join(kind, table, on.add(own));
        self
    }

    pub(super) fn filter(mut self, condition: Condition) -> Self {
        self.query.cond_where(condition);
        self
    }

    /// Joins a follow-up's year, which is not closed, its point and its department.
    pub(super) fn of_open_year(self) -> Self {
        self.in_open_year(follow_up::Column::ControlYearId)
            .of_point_and_department()
    }

    /// Joins the year that a column refers to, which is not closed.
    pub(super) fn in_open_year(self, year: impl ColumnTrait) -> Self {
        self.join(
            JoinType::InnerJoin,
            control_year::Entity,
            control_year::Column::Id,
            year,
        )
        .filter(Condition::all().add(control_year::Column::Phase.ne(ControlYearPhase::Closed)))
    }

    /// Joins a follow-up's point and its department.
    pub(super) fn of_point_and_department(self) -> Self {
        self.join(
            JoinType::InnerJoin,
            control_point::Entity,
            control_point::Column::Id,
            follow_up::Column::ControlPointId,
        )
        .of_department(follow_up::Column::DepartmentId)
    }

    /// Joins the department that a column refers to, if it does.
    pub(super) fn of_department(self, department: impl ColumnTrait) -> Self {
        self.join(
            JoinType::LeftJoin,
            department::Entity,
            department::Column::Id,
            department,
        )
    }

    /// Leaves out the follow-ups of departments that are exempt from the point.
    pub(super) fn not_exempt(self) -> Self {
        use exemption::Column;
        self.join_on(
            JoinType::LeftJoin,
            exemption::Entity,
            Condition::all()
                .add(same(Column::ControlPointId, follow_up::Column::ControlPointId))
                .add(same(Column::DepartmentId, follow_up::Column::DepartmentId)),
        )
        .filter(Condition::all().add(Column::Id.is_null()))
    }

    pub(super) fn selecting(mut self, kind: WorkItemKind, told: Told) -> SelectStatement {
        let far = Expr::cust("'9999-12-31'");
        let key = Func::coalesce([told.due_on.clone(), far]).into();
        let columns = [
            // A literal: what a parameter is of, PostgreSQL would have to guess.
            Expr::cust(rank(kind).to_string()),
            key,
            told.due_on,
            told.subject,
            told.occasion,
            column(department::Column::Id),
            told.about,
            column(department::Column::Code),
            told.label,
            told.follow_up,
            told.marked.map_or_else(|| Expr::cust("0"), flag),
        ];
        for (expression, name) in columns.into_iter().zip(COLUMNS) {
            self.query.expr_as(expression, name);
        }
        self.query
    }
}

/// All rows of several arms; `None` when there is no arm.
pub(super) fn union(arms: Vec<SelectStatement>) -> Option<SelectStatement> {
    let mut arms = arms.into_iter();
    let mut union = arms.next()?;
    for arm in arms {
        union.union(UnionType::All, arm);
    }
    Some(union)
}

pub(super) fn column(column: impl ColumnTrait) -> Expr {
    Expr::col(column.as_column_ref())
}

/// That two columns have the same value.
pub(super) fn same(one: impl ColumnTrait, other: impl ColumnTrait) -> Expr {
    column(one).equals(other.as_column_ref())
}

/// No value of a type.
pub(super) fn none(of: &str) -> Expr {
    Expr::cust(format!("CAST(NULL AS {of})"))
}

/// Whether the reader has a right anywhere: where not, there is no work of the kind that takes it.
pub(super) fn has(reader: &Reader, right: Right) -> bool {
    !reader.reach(right).is_empty()
}

/// Where the reader has a right in a department; where the column is null, in the whole municipality.
pub(super) fn in_department(reader: &Reader, right: Right, department: impl IntoColumnRef) -> Condition {
    reader.within(right, department, None::<sea_orm::sea_query::ColumnRef>)
}

/// Where somebody who is told by a column is not the reader, or is nobody.
pub(super) fn by_another(column: impl ColumnTrait, user_id: uuid::Uuid) -> Condition {
    Condition::any().add(column.is_null()).add(column.ne(user_id))
}

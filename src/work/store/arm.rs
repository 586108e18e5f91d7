use super::COLUMNS;
use crate::{access::Reader, database::Tenant, work::rules::WorkItemKind};
use entity::{ControlYearPhase, control_point, control_year, department, follow_up};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, JoinType,
    sea_query::{Expr, ExprTrait, Func, Query, SelectStatement},
};

/// One kind of work: a row each, in the order of [`COLUMNS`].
pub(super) struct Arm<'a> {
    reader: &'a Reader,
    pub(super) query: SelectStatement,
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
        mut self,
        kind: JoinType,
        table: J,
        theirs: J::Column,
        ours: impl ColumnTrait,
    ) -> Self {
        let on = J::MUNICIPALITY
            .eq(self.reader.municipality_id())
            .and(column(theirs).equals(ours.as_column_ref()));
        self.query.join(kind, table, on);
        self
    }

    pub(super) fn filter(mut self, condition: Condition) -> Self {
        self.query.cond_where(condition);
        self
    }

    pub(super) fn selecting(
        mut self,
        kind: WorkItemKind,
        due_on: impl ColumnTrait,
        rest: [Expr; 8],
    ) -> SelectStatement {
        let due_on = column(due_on);
        let key = Func::coalesce([due_on.clone(), Expr::cust("'9999-12-31'")]).into();
        // A literal: what a parameter is of, PostgreSQL would have to guess.
        let kind = Expr::cust(kind.rank().to_string());
        for (expression, name) in [kind, key, due_on].into_iter().chain(rest).zip(COLUMNS) {
            self.query.expr_as(expression, name);
        }
        self.query
    }
}

pub(super) fn column(column: impl ColumnTrait) -> Expr {
    Expr::col(column.as_column_ref())
}

/// No value of a type.
pub(super) fn none(of: &str) -> Expr {
    Expr::cust(format!("CAST(NULL AS {of})"))
}

impl Arm<'_> {
    /// Joins a follow-up's year, which is not closed, its point and its department.
    pub(super) fn of_open_year(self) -> Self {
        self.join(
            JoinType::InnerJoin,
            control_year::Entity,
            control_year::Column::Id,
            follow_up::Column::ControlYearId,
        )
        .filter(Condition::all().add(control_year::Column::Phase.ne(ControlYearPhase::Closed)))
        .of_point_and_department()
    }

    /// Joins a follow-up's point and its department.
    pub(super) fn of_point_and_department(self) -> Self {
        let inner = JoinType::InnerJoin;
        self.join(
            inner,
            control_point::Entity,
            control_point::Column::Id,
            follow_up::Column::ControlPointId,
        )
        .join(
            inner,
            department::Entity,
            department::Column::Id,
            follow_up::Column::DepartmentId,
        )
    }
}

use super::{
    COUNT, DEPARTMENT, RollUpFilter, SECRETS, YEAR, by_department, committee_with, count, day_of, is_there, note,
    secrets, tallies,
};
use crate::{
    access::{Reader, join},
    database::StoreError,
    follow_up::{ground_of_action_row, overdue_action_rows, year_of_action},
    organisation::committee_answered_to,
};
use chrono::NaiveDate;
use entity::{control_plan, control_year, corrective_action, department};
use sea_orm::{
    ColumnTrait, Condition, FromQueryResult, JoinType, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait},
};

/// How many of a department's actions should have been done.
#[derive(Clone, Debug)]
pub(in crate::reporting) struct OverdueTally {
    pub(in crate::reporting) year: i32,
    /// None for the whole municipality's own.
    pub(in crate::reporting) department: Option<department::Model>,
    pub(in crate::reporting) count: i32,
    pub(in crate::reporting) oldest: Option<NaiveDate>,
}

/// The actions of each year that should have been done by now and are not, by department in the municipality's order.
/// Whatever the roll-up's scope, and its occasion but for who answers to whom: an action is due on a day of its own.
pub(in crate::reporting) async fn overdue_actions(
    reader: &Reader,
    filter: &RollUpFilter,
) -> Result<Vec<OverdueTally>, StoreError> {
    use corrective_action::Column;
    let select = overdue_action_rows(reader);
    let mut select =
        join::<_, department::Entity>(select, JoinType::LeftJoin, Column::DepartmentId, department::Column::Id);
    let of_year = Condition::all()
        .add(control_year::Column::MunicipalityId.eq(reader.municipality_id()))
        .add(Expr::col(control_year::Column::Id.as_column_ref()).eq(year_of_action()));
    QueryTrait::query(&mut select).join(JoinType::InnerJoin, control_year::Entity, of_year);
    select = select.filter(control_year::Column::Year.is_in(filter.years.iter().copied()));
    if let Some(code) = &filter.committee {
        select = select.filter(of_committee(reader, filter, code));
    }
    let select = select
        .select_only()
        .column_as(control_year::Column::Year, YEAR)
        .column_as(Expr::cust("COUNT(*)"), COUNT)
        .column_as(Column::DueOn.min(), "oldest")
        .column_as(
            secrets(reader, ground_of_action_row(), Column::Id.as_column_ref()),
            SECRETS,
        )
        .group_by(control_year::Column::Year);
    tallies(reader, by_department(select), |row| {
        note(reader, "corrective_action", row, SECRETS)?;
        Ok(OverdueTally {
            year: row.try_get("", YEAR)?,
            department: match is_there(row, DEPARTMENT)? {
                true => Some(department::Model::from_query_result(row, DEPARTMENT)?),
                false => None,
            },
            count: count(row, COUNT)?,
            oldest: row.try_get("", "oldest")?,
        })
    })
    .await
}

/// The actions of the departments that answer to a committee at the roll-up's occasion, and those of its own plans, over
/// the columns of [`overdue_action_rows`].
fn of_committee(reader: &Reader, filter: &RollUpFilter, code: &str) -> Condition {
    use corrective_action::Column;
    let day = day_of(reader, filter, year_of_action());
    let answering = committee_answered_to(
        reader,
        Column::DepartmentId.as_column_ref(),
        committee_with(reader, code),
        day,
    );
    Condition::any().add(answering.eq(committee_with(reader, code))).add(
        control_plan::Column::CommitteeId
            .into_expr()
            .eq(committee_with(reader, code)),
    )
}

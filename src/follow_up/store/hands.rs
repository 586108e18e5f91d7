//! Whose hands have been on something, in all the years that it has come along through.
//!
//! What comes along is a new row, and who did the work of the years before stands in the old ones: whoever did it then
//! does not verify it now.

use super::actions_of_finding;
use crate::{
    access::Reader,
    database::{StoreError, TenantTable},
};
use entity::{
    carry_over,
    corrective_action::{self, Column as Action},
    finding,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, FromQueryResult, JoinType,
    sea_query::{CommonTableExpression, Expr, ExprTrait, Query, SelectStatement, UnionType, WithClause},
};
use uuid::Uuid;

const FINDING_LINE: &str = "finding_line";
const ACTION_LINE: &str = "action_line";
const HANDS: &str = "hands";
const ID: &str = "id";
const EARLIER: &str = "earlier";
const HAND: &str = "hand";

#[derive(FromQueryResult)]
struct Hand {
    hand: Uuid,
}

/// Who resolved a finding or carried out one of its actions, as far as that is known: in its year, and in those before.
pub(crate) async fn hands_on_finding(reader: &Reader, row: &finding::Model) -> Result<Vec<Option<Uuid>>, StoreError> {
    let actions = actions_of_finding(reader, row.id).await?;
    let mut those: Vec<_> = actions.iter().map(|action| action.done_by).collect();
    those.push(row.resolved_by);
    those.extend(told(reader, earlier_hands_on_findings(reader), row.id).await?);
    Ok(those)
}

/// Who carried out an action, as far as that is known: in its year, and in those before.
pub(crate) async fn hands_on_action(
    reader: &Reader,
    row: &corrective_action::Model,
) -> Result<Vec<Option<Uuid>>, StoreError> {
    let mut those = vec![row.done_by];
    if row.carried_from_id.is_some() {
        those.extend(told(reader, earlier_hands_on_actions(reader), row.id).await?);
    }
    Ok(those)
}

async fn told(reader: &Reader, hands: SelectStatement, id: Uuid) -> Result<Vec<Option<Uuid>>, StoreError> {
    let mut query = hands;
    query.column(HAND).and_where(Expr::col(ID).eq(id));
    let session = reader.session();
    let statement = session.get_database_backend().build(&query);
    let found = Hand::find_by_statement(statement).all(session).await?;
    Ok(found.into_iter().map(|row| Some(row.hand)).collect())
}

/// The findings whose work of earlier years this user did.
pub(crate) fn findings_done_earlier(reader: &Reader, user_id: Uuid) -> SelectStatement {
    done_by(earlier_hands_on_findings(reader), user_id)
}

/// The actions that this user carried out in an earlier year.
pub(crate) fn actions_done_earlier(reader: &Reader, user_id: Uuid) -> SelectStatement {
    done_by(earlier_hands_on_actions(reader), user_id)
}

fn done_by(hands: SelectStatement, user_id: Uuid) -> SelectStatement {
    let mut query = hands;
    query.column(ID).and_where(Expr::col(HAND).eq(user_id));
    query
}

/// Each action with everybody who carried it out in a year before its own.
fn earlier_hands_on_actions(reader: &Reader) -> SelectStatement {
    let mut hands = earlier_actions(reader);
    hands.expr_as(Expr::col((ACTION_LINE, ID)), ID);
    hands.expr_as(Action::DoneBy.into_expr(), HAND);
    hands.and_where(Action::DoneBy.is_not_null());
    among(vec![action_line(reader), table(HANDS, [ID, HAND], hands)])
}

/// Each finding with everybody who, in a year before its own, resolved it or carried out one of its actions.
fn earlier_hands_on_findings(reader: &Reader) -> SelectStatement {
    let mut done = Query::select();
    done.from(FINDING_LINE)
        .join(
            JoinType::InnerJoin,
            corrective_action::Entity,
            on::<corrective_action::Entity>(reader, Action::FindingId, FINDING_LINE),
        )
        .expr_as(Expr::col((FINDING_LINE, ID)), ID)
        .expr_as(Action::DoneBy.into_expr(), HAND)
        .and_where(Action::DoneBy.is_not_null());
    let resolved = Query::select()
        .from(FINDING_LINE)
        .join(
            JoinType::InnerJoin,
            finding::Entity,
            on::<finding::Entity>(reader, finding::Column::Id, FINDING_LINE),
        )
        .expr_as(Expr::col((FINDING_LINE, ID)), ID)
        .expr_as(finding::Column::ResolvedBy.into_expr(), HAND)
        .and_where(finding::Column::ResolvedBy.is_not_null())
        .to_owned();
    // An action of the finding may carry on one that hung elsewhere.
    let own = |column: Action| Expr::col(("own_action", column));
    let mut carried_on = earlier_actions(reader);
    carried_on
        .join_as(
            JoinType::InnerJoin,
            corrective_action::Entity,
            "own_action",
            own(Action::MunicipalityId)
                .eq(reader.municipality_id())
                .and(own(Action::Id).equals((ACTION_LINE, ID))),
        )
        .expr_as(own(Action::FindingId), ID)
        .expr_as(Action::DoneBy.into_expr(), HAND)
        .and_where(own(Action::FindingId).is_not_null())
        .and_where(Action::DoneBy.is_not_null());
    done.union(UnionType::Distinct, resolved)
        .union(UnionType::Distinct, carried_on);
    among(vec![
        finding_line(reader),
        action_line(reader),
        table(HANDS, [ID, HAND], done),
    ])
}

/// The findings that carry on one of an earlier year with such an action.
pub(crate) fn findings_with_earlier_action(reader: &Reader, such: Condition) -> SelectStatement {
    Query::select()
        .column((FINDING_LINE, ID))
        .from(FINDING_LINE)
        .join(
            JoinType::InnerJoin,
            corrective_action::Entity,
            on::<corrective_action::Entity>(reader, Action::FindingId, FINDING_LINE),
        )
        .cond_where(such)
        .with_cte(recursive(vec![finding_line(reader)]))
        .to_owned()
}

/// What a selection has to be from: the hands that the last of these tables tells.
fn among(tables: Vec<CommonTableExpression>) -> SelectStatement {
    Query::select().from(HANDS).with_cte(recursive(tables)).to_owned()
}

fn recursive(tables: Vec<CommonTableExpression>) -> WithClause {
    let mut with = WithClause::new();
    with.recursive(true);
    for table in tables {
        with.cte(table);
    }
    with
}

/// The actions that others carry on, each beside what it is in the line of.
fn earlier_actions(reader: &Reader) -> SelectStatement {
    Query::select()
        .from(ACTION_LINE)
        .join(
            JoinType::InnerJoin,
            corrective_action::Entity,
            on::<corrective_action::Entity>(reader, Action::Id, ACTION_LINE),
        )
        .to_owned()
}

/// Each finding that came along, with all that it carries on, however far back.
fn finding_line(reader: &Reader) -> CommonTableExpression {
    use carry_over::Column;
    line::<carry_over::Entity>(reader, FINDING_LINE, (Column::NewFindingId, Column::FindingId))
}

/// Each action that came along, with all that it carries on, however far back.
fn action_line(reader: &Reader) -> CommonTableExpression {
    line::<corrective_action::Entity>(reader, ACTION_LINE, (Action::Id, Action::CarriedFromId))
}

/// What the rows of a table link, the later to the earlier, through as many links as there are.
fn line<E: TenantTable>(
    reader: &Reader,
    name: &'static str,
    (later, earlier): (E::Column, E::Column),
) -> CommonTableExpression {
    let column = |column: E::Column| Expr::col(column.as_column_ref());
    let mut links = Query::select();
    links
        .expr(column(later))
        .expr(column(earlier))
        .from(E::default())
        .and_where(E::MUNICIPALITY.eq(reader.municipality_id()))
        .and_where(later.is_not_null())
        .and_where(earlier.is_not_null());
    let further = Query::select()
        .expr(Expr::col((name, ID)))
        .expr(column(earlier))
        .from(name)
        .join(JoinType::InnerJoin, E::default(), on::<E>(reader, later, name))
        .and_where(earlier.is_not_null())
        .to_owned();
    links.union(UnionType::Distinct, further);
    table(name, [ID, EARLIER], links)
}

/// That a row of the municipality is the earlier one of a line.
fn on<E: TenantTable>(reader: &Reader, column: E::Column, line: &'static str) -> Expr {
    E::MUNICIPALITY
        .eq(reader.municipality_id())
        .and(Expr::col(column.as_column_ref()).equals((line, EARLIER)))
}

fn table(name: &'static str, columns: [&'static str; 2], query: SelectStatement) -> CommonTableExpression {
    CommonTableExpression::new()
        .table_name(name)
        .columns(columns)
        .query(query)
        .to_owned()
}

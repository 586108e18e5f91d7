//! What lives: once something of a year has come along to a later one, the later row is what is worked on and counted.
//!
//! Every store that asks what is open, overdue or waits for somebody has these conditions in its statement, so that
//! nothing counts in two years at once.

use super::{
    confidential::sealed,
    corrective_action::{ActionRow, visible_action_rows, year_of_action},
    scope::visible_evidence,
};
use crate::{
    access::{Keyed, Reader, Sealed, join, join_joined},
    database::StoreError,
    relation,
};
use entity::{CarryOverStatus, carry_over, control_year, corrective_action, finding};
use sea_orm::{
    ColumnTrait, Condition, JoinType, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement},
};
use uuid::Uuid;

/// The findings that none of a later year carries on, over the columns of `finding`.
pub(crate) fn finding_lives(reader: &Reader) -> Condition {
    use carry_over::Column;
    let came_along = Query::select()
        .expr(Expr::val(1))
        .from(carry_over::Entity)
        .and_where(Column::MunicipalityId.eq(reader.municipality_id()))
        .and_where(Expr::col(Column::FindingId.as_column_ref()).equals(finding::Column::Id.as_column_ref()))
        .and_where(Column::NewFindingId.is_not_null())
        .to_owned();
    Condition::all().add(Expr::exists(came_along).not())
}

/// The actions that none of a later year carries on, over the columns of `corrective_action`.
pub(crate) fn action_lives(reader: &Reader) -> Condition {
    Condition::all().add(Expr::exists(carrying_actions(reader)).not())
}

/// The actions of which nobody decided that they do not come along, over the columns of `corrective_action`.
pub(crate) fn action_not_dropped(reader: &Reader) -> Condition {
    use carry_over::Column;
    let dropped = Query::select()
        .expr(Expr::val(1))
        .from(carry_over::Entity)
        .and_where(Column::MunicipalityId.eq(reader.municipality_id()))
        .and_where(
            Expr::col(Column::CorrectiveActionId.as_column_ref()).equals(corrective_action::Column::Id.as_column_ref()),
        )
        .and_where(Column::Status.eq(CarryOverStatus::Dropped))
        .to_owned();
    Condition::all().add(Expr::exists(dropped).not())
}

/// The actions that carry on the one of a statement on `corrective_action`.
pub(super) fn carrying_actions(reader: &Reader) -> SelectStatement {
    use corrective_action::Column;
    let later = Alias::new("later_action");
    Query::select()
        .expr(Expr::val(1))
        .from_as(corrective_action::Entity, later.clone())
        .and_where(Expr::col((later.clone(), Column::MunicipalityId)).eq(reader.municipality_id()))
        .and_where(Expr::col((later, Column::CarriedFromId)).equals(Column::Id.as_column_ref()))
        .to_owned()
}

/// Those of the actions with these ids that one of a later year carries on.
pub(crate) async fn carried_on_actions(reader: &Reader, ids: Vec<Uuid>) -> Result<Vec<Uuid>, StoreError> {
    use corrective_action::Column;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(reader
        .find::<corrective_action::Entity>()
        .filter(reader.any_of(Column::Id.as_column_ref(), ids))
        .filter(Expr::exists(carrying_actions(reader)))
        .select_only()
        .column(Column::Id)
        .into_tuple()
        .all(reader.session())
        .await?)
}

/// Whether something has come along to a later year, and to which, as far as the reader sees what it became.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CameAlong {
    /// It lives.
    No,
    /// To this year.
    To(i32),
    /// To a year in which the reader does not see it.
    Unseen,
}

impl CameAlong {
    fn of(carried_on: bool, seen: Option<i32>) -> Self {
        match seen {
            Some(year) => Self::To(year),
            None if carried_on => Self::Unseen,
            None => Self::No,
        }
    }
}

/// Whether a finding has come along to a later year.
pub(crate) async fn finding_came_along(reader: &Reader, id: Uuid) -> Result<CameAlong, StoreError> {
    use carry_over::Column;
    let lives = reader
        .find::<finding::Entity>()
        .filter(finding::Column::Id.eq(id))
        .filter(finding_lives(reader))
        .one(reader.session())
        .await?;
    if lives.is_some() {
        return Ok(CameAlong::No);
    }
    let select = join::<finding::Entity, carry_over::Entity>(
        sealed::<finding::Entity>(reader),
        JoinType::InnerJoin,
        finding::Column::Id,
        Column::NewFindingId,
    );
    let select = join_joined::<_, carry_over::Entity, control_year::Entity>(
        select,
        JoinType::InnerJoin,
        Column::ControlYearId,
        control_year::Column::Id,
    );
    let seen = select
        .filter(visible_evidence(reader, finding::Column::CreatedAt))
        .filter(Column::FindingId.eq(id))
        .select_only()
        .column(control_year::Column::Year)
        .order_by_asc(control_year::Column::Year)
        .limit(1)
        .into_tuple()
        .one(reader.session())
        .await?;
    Ok(CameAlong::of(true, seen))
}

/// Whether an action has come along to a later year.
pub(crate) async fn action_came_along(reader: &Reader, id: Uuid) -> Result<CameAlong, StoreError> {
    if carried_on_actions(reader, vec![id]).await?.is_empty() {
        return Ok(CameAlong::No);
    }
    let mut select = visible_action_rows(reader).filter(corrective_action::Column::CarriedFromId.eq(id));
    let of_year = Condition::all()
        .add(control_year::Column::MunicipalityId.eq(reader.municipality_id()))
        .add(Expr::col(control_year::Column::Id.as_column_ref()).eq(year_of_action()));
    QueryTrait::query(&mut select).join(JoinType::InnerJoin, control_year::Entity, of_year);
    let seen = select
        .select_only()
        .column(control_year::Column::Year)
        .order_by_asc(control_year::Column::Year)
        .limit(1)
        .into_tuple()
        .one(reader.session())
        .await?;
    Ok(CameAlong::of(true, seen))
}

relation! {
    /// The finding of a later year that carries a finding on.
    FindingCarriedTo: Sealed<finding::Model> => Sealed<finding::Model>,
    |row| row.unnoted().map(|finding| finding.id), findings_carrying_on
}

async fn findings_carrying_on(
    reader: &Reader,
    ids: Vec<Uuid>,
) -> Result<Vec<(Uuid, Sealed<finding::Model>)>, StoreError> {
    use carry_over::Column;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let select = join::<finding::Entity, carry_over::Entity>(
        sealed::<finding::Entity>(reader),
        JoinType::InnerJoin,
        finding::Column::Id,
        Column::NewFindingId,
    );
    let rows = select
        .filter(visible_evidence(reader, finding::Column::CreatedAt))
        .filter(reader.any_of(Column::FindingId.as_column_ref(), ids))
        .column_as(Column::FindingId, Keyed::<()>::KEY)
        .order_by_asc(finding::Column::Id)
        .into_model::<Keyed<Sealed<finding::Model>>>()
        .all(reader.session())
        .await?;
    Ok(rows.into_iter().map(Keyed::pair).collect())
}

relation! {
    /// The action of a later year that carries an action on.
    ActionCarriedTo: Sealed<ActionRow> => Sealed<ActionRow>,
    |row| row.unnoted().map(|row| row.action.id), actions_carrying_on
}

async fn actions_carrying_on(reader: &Reader, ids: Vec<Uuid>) -> Result<Vec<(Uuid, Sealed<ActionRow>)>, StoreError> {
    use corrective_action::Column;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = visible_action_rows(reader)
        .filter(reader.any_of(Column::CarriedFromId.as_column_ref(), ids))
        .order_by_asc(Column::Id)
        .into_model::<Sealed<ActionRow>>()
        .all(reader.session())
        .await?;
    let keyed = rows.into_iter();
    Ok(keyed
        .filter_map(|row| Some((row.outside(|row| row.action.carried_from_id)?, row)))
        .collect())
}

//! The objects in the file store that no attachment refers to. Like the keys of idempotency they are no facts of the
//! domain: the audit log is not told of them.

use crate::{
    access::Reader,
    clock::Clock,
    database::{Session, StoreError},
};
use chrono::{DateTime, Utc};
use entity::loose_object::{ActiveModel, Column, Entity};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, sea_query::Expr};
use uuid::Uuid;

/// The most that are looked at at once.
const AT_ONCE: u64 = 500;

/// The real time: what is measured is how long an upload takes, whatever day the domain has.
fn now() -> DateTime<Utc> {
    Clock::default().now()
}

fn row(municipality_id: Uuid, id: Uuid, doomed: bool) -> ActiveModel {
    ActiveModel {
        municipality_id: Set(municipality_id),
        id: Set(id),
        since: Set(now()),
        doomed: Set(doomed),
    }
}

fn of(municipality_id: Uuid, ids: impl IntoIterator<Item = Uuid>) -> Condition {
    Condition::all()
        .add(Column::MunicipalityId.eq(municipality_id))
        .add(Column::Id.is_in(ids))
}

/// Announces an object before it is put into the file store.
pub(in crate::attachments) async fn announce(
    session: &Session,
    municipality_id: Uuid,
    id: Uuid,
) -> Result<(), StoreError> {
    Entity::insert(row(municipality_id, id, false))
        .exec_without_returning(session)
        .await?;
    Ok(())
}

/// Takes back the announcement of an object that becomes an attachment. False when it is to be removed by now, which
/// nothing can stop: then it must not become one.
pub(in crate::attachments) async fn become_attachment(
    session: &Session,
    municipality_id: Uuid,
    id: Uuid,
) -> Result<bool, StoreError> {
    let deleted = Entity::delete_many()
        .filter(of(municipality_id, [id]))
        .filter(Column::Doomed.eq(false))
        .exec(session)
        .await?;
    Ok(deleted.rows_affected == 1)
}

/// Has the object of an attachment removed, once the transaction that it is done in has ended.
pub(in crate::attachments) async fn doom(session: &Session, municipality_id: Uuid, id: Uuid) -> Result<(), StoreError> {
    Entity::insert(row(municipality_id, id, true))
        .exec_without_returning(session)
        .await?;
    Ok(())
}

/// What is to be removed, and what was announced before `horizon` and became nothing.
pub(in crate::attachments) async fn loose(reader: &Reader, horizon: DateTime<Utc>) -> Result<Vec<Uuid>, StoreError> {
    let rows = reader
        .find::<Entity>()
        .filter(
            Condition::any()
                .add(Column::Doomed.eq(true))
                .add(Column::Since.lt(horizon)),
        )
        .limit(AT_ONCE)
        .all(reader.session())
        .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Marks those of `ids` that are still announced as to be removed, and answers which are.
pub(in crate::attachments) async fn doom_old(
    session: &Session,
    municipality_id: Uuid,
    ids: Vec<Uuid>,
) -> Result<Vec<Uuid>, StoreError> {
    Entity::update_many()
        .col_expr(Column::Doomed, Expr::val(true))
        .filter(of(municipality_id, ids.iter().copied()))
        .exec(session)
        .await?;
    let rows = Entity::find()
        .filter(of(municipality_id, ids))
        .filter(Column::Doomed.eq(true))
        .all(session)
        .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Forgets objects that are no longer in the file store.
pub(in crate::attachments) async fn forget(
    session: &Session,
    municipality_id: Uuid,
    ids: Vec<Uuid>,
) -> Result<(), StoreError> {
    Entity::delete_many()
        .filter(of(municipality_id, ids))
        .filter(Column::Doomed.eq(true))
        .exec(session)
        .await?;
    Ok(())
}

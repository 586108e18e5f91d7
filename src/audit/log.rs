use crate::database::{Session, StoreError};
use entity::{audit_event, audit_head};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use std::ops::RangeInclusive;
use uuid::Uuid;

/// How many events are read at once: a log of any length takes the memory of these.
const BATCH: u64 = 1_000;

/// An event as it is stored: its number, and the rest where it can be read. Whoever writes to the database can store
/// what no event can hold.
pub(super) type Stored = (i64, Result<audit_event::Model, DbErr>);

/// The events of a municipality in the order of their numbers, read batch by batch.
pub(super) struct Log<'a> {
    session: &'a Session,
    municipality_id: Uuid,
    /// The numbers that are yet to be read.
    left: RangeInclusive<i64>,
}

impl<'a> Log<'a> {
    /// All events, also those with numbers that no event has.
    pub(super) fn whole(session: &'a Session, municipality_id: Uuid) -> Self {
        Self::part(session, municipality_id, i64::MIN..=i64::MAX)
    }

    /// The events with these numbers.
    pub(super) fn part(session: &'a Session, municipality_id: Uuid, numbers: RangeInclusive<i64>) -> Self {
        Self {
            session,
            municipality_id,
            left: numbers,
        }
    }

    /// The next of them; none when all were read.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn next(&mut self) -> Result<Vec<Stored>, StoreError> {
        use audit_event::Column;
        if self.left.is_empty() {
            return Ok(Vec::new());
        }
        let select = audit_event::Entity::find()
            .filter(Column::MunicipalityId.eq(self.municipality_id))
            .filter(Column::Sequence.gte(*self.left.start()))
            .filter(Column::Sequence.lte(*self.left.end()))
            .order_by_asc(Column::Sequence)
            .limit(BATCH);
        let rows = self
            .session
            .query_all_raw(select.build(self.session.get_database_backend()));
        let found = rows
            .await?
            .iter()
            .map(|row| {
                let sequence = row.try_get("", "sequence")?;
                Ok((sequence, audit_event::Model::from_query_result(row, "")))
            })
            .collect::<Result<Vec<Stored>, DbErr>>()?;
        self.left = match found.last() {
            Some((last, _)) if found.len() as u64 == BATCH && *last < *self.left.end() => last + 1..=*self.left.end(),
            _ => RangeInclusive::new(1, 0),
        };
        Ok(found)
    }
}

/// How far a municipality's log has come, as the database says; `None` when it says nothing.
///
/// # Errors
/// When the database fails.
pub(super) async fn head_row(
    session: &Session,
    municipality_id: Uuid,
) -> Result<Option<audit_head::Model>, StoreError> {
    Ok(audit_head::Entity::find()
        .filter(audit_head::Column::MunicipalityId.eq(municipality_id))
        .one(session)
        .await?)
}

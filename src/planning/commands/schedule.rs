use crate::{
    access::Permit,
    graphql::PartialDateInput,
    planning::{
        rules::{moved_day, moved_words},
        store,
    },
    use_case::{Failure, Transaction},
};
use chrono::NaiveDate;
use entity::{control_point, scheduled_time};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

/// Makes a point's times exactly these; whether that changed any. One that stays keeps its id, by which it is told whether
/// somebody was reminded of it.
pub(super) async fn set_times(
    tx: &mut Transaction,
    permit: &Permit,
    point_id: Uuid,
    times: Vec<PartialDateInput>,
) -> Result<bool, Failure> {
    let present = store::times_of_point(tx.reader(), point_id).await?;
    let same = |row: &scheduled_time::Model, time: &PartialDateInput| {
        (row.earliest, row.latest, &row.text) == (time.earliest.0, time.latest.0, &time.text)
    };
    let (kept, gone): (Vec<_>, Vec<_>) = present
        .into_iter()
        .partition(|row| times.iter().any(|time| same(row, time)));
    let new: Vec<PartialDateInput> = times
        .into_iter()
        .filter(|time| !kept.iter().any(|row| same(row, time)))
        .collect();
    let changed = !gone.is_empty() || !new.is_empty();
    for row in gone {
        tx.delete(permit, row).await?;
    }
    for time in new {
        insert_time(tx, permit, point_id, (time.earliest.0, time.latest.0), time.text).await?;
    }
    Ok(changed)
}

/// The times of a point of an earlier year, for what it has become: as long after the beginning of the new year.
pub(super) async fn carry_times(
    tx: &mut Transaction,
    permit: &Permit,
    (previous, from): (Uuid, i32),
    (point, to): (&control_point::Model, i32),
) -> Result<(), Failure> {
    for time in store::times_of_point(tx.reader(), previous).await? {
        let window = (moved_day(time.earliest, from, to), moved_day(time.latest, from, to));
        insert_time(tx, permit, point.id, window, moved_words(&time.text, from, to)).await?;
    }
    Ok(())
}

async fn insert_time(
    tx: &mut Transaction,
    permit: &Permit,
    point_id: Uuid,
    (earliest, latest): (NaiveDate, NaiveDate),
    text: String,
) -> Result<(), Failure> {
    let row = scheduled_time::ActiveModel {
        municipality_id: Set(permit.municipality_id()),
        id: Set(Uuid::now_v7()),
        control_point_id: Set(point_id),
        earliest: Set(earliest),
        latest: Set(latest),
        text: Set(text),
        created_at: Set(tx.now()),
    };
    tx.insert(permit, row).await?;
    Ok(())
}

//! Reading reminders.

use super::rules::{due_key, is_of};
use crate::{
    access::{Place, Reader, Right, rows_by_id},
    database::{Page, PageError, Slice, SortKey, StoreError, any_of, counted_page},
    relation,
    work::WorkRow,
};
use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    ReminderStage, ReminderStatus, UserKind, department, reminder, reminder_day, reminder_request, reporting_occasion,
    user_account,
};
use sea_orm::{ColumnTrait, Condition, QueryFilter, QueryOrder, QuerySelect, Select};
use std::collections::HashSet;
use uuid::Uuid;

/// What tells a reminder from every other of the same user.
pub(super) type Key = (entity::WorkItemKind, Uuid, Uuid, NaiveDate, ReminderStage, NaiveDate);

/// The key of a reminder of a piece of work.
pub(super) fn key(work: &WorkRow, stage: ReminderStage, planned_for: NaiveDate) -> Key {
    (
        work.kind,
        work.subject_id,
        work.occasion_id,
        due_key(work.due_on),
        stage,
        planned_for,
    )
}

/// Whether the reader sees everybody's reminders.
fn sees_all(reader: &Reader) -> bool {
    reader.may(Right::ReminderRead, Place::Municipality)
}

/// Everybody's reminders for those who see who was reminded of what, and one's own.
pub(super) fn visible_reminders(reader: &Reader) -> Condition {
    if sees_all(reader) {
        return Condition::all();
    }
    own_reminders(reader)
}

/// The reader's own reminders.
pub(super) fn own_reminders(reader: &Reader) -> Condition {
    reader.any_of(reminder::Column::UserId.as_column_ref(), reader.actor().user_id())
}

/// What was asked for, for those who ask and those who see who was reminded.
pub(super) async fn visible_requests(
    reader: &Reader,
    ids: Vec<Uuid>,
) -> Result<Vec<(Uuid, reminder_request::Model)>, StoreError> {
    if !sees_all(reader) && !reader.may(Right::ReminderSend, Place::Municipality) {
        return Ok(Vec::new());
    }
    rows_by_id::<reminder_request::Entity>(reader, ids).await
}

/// Which reminders are asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted {
    pub(super) user_id: Option<Uuid>,
    pub(super) status: Vec<ReminderStatus>,
    pub(super) stage: Option<ReminderStage>,
    pub(super) occasion_id: Option<Uuid>,
    pub(super) request_id: Option<Uuid>,
    pub(super) subject_id: Option<Uuid>,
}

/// A page of the reminders that a condition lets the reader see, the newest first, and how many there are when that is
/// wanted.
pub(super) async fn reminder_page(
    reader: &Reader,
    visible: Condition,
    wanted: Wanted,
    page: &Page,
    total: bool,
) -> Result<(Slice<reminder::Model>, i32), PageError> {
    use reminder::Column;
    let mut select = reader.find::<reminder::Entity>().filter(visible);
    for (column, id) in [
        (Column::UserId, wanted.user_id),
        (Column::OccasionId, wanted.occasion_id),
        (Column::ReminderRequestId, wanted.request_id),
        (Column::SubjectId, wanted.subject_id),
    ] {
        if let Some(id) = id {
            select = select.filter(column.eq(id));
        }
    }
    if !wanted.status.is_empty() {
        select = select.filter(Column::Status.is_in(wanted.status));
    }
    if let Some(stage) = wanted.stage {
        select = select.filter(Column::Stage.eq(stage));
    }
    let order = [SortKey::id(Column::Id.into_expr())];
    // Keys ascend: the list is read from its end.
    counted_page(reader.session(), select, "reminders", &order, &page.turned(), total)
        .await
        .map(|(slice, total)| (slice.turned(), total))
        .map_err(PageError::turned)
}

/// The people who may have something to do.
pub(super) async fn people(reader: &Reader) -> Result<Vec<Uuid>, StoreError> {
    let people = reader
        .find::<user_account::Entity>()
        .filter(user_account::Column::Active.eq(true))
        .filter(user_account::Column::Kind.eq(UserKind::Person))
        .order_by_asc(user_account::Column::Id)
        .all(reader.session())
        .await?;
    Ok(people.into_iter().map(|user| user.id).collect())
}

/// The keys of a user's reminders of pieces of work.
pub(super) async fn known_keys(
    reader: &Reader,
    user_id: Uuid,
    subjects: impl IntoIterator<Item = Uuid>,
) -> Result<HashSet<Key>, StoreError> {
    let rows = reader
        .find::<reminder::Entity>()
        .filter(reminder::Column::UserId.eq(user_id))
        .filter(any_of(
            reader.session(),
            reminder::Column::SubjectId.as_column_ref(),
            subjects,
        ))
        .all(reader.session())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            (
                row.kind,
                row.subject_id,
                row.occasion_id,
                row.due_key,
                row.stage,
                row.planned_for,
            )
        })
        .collect())
}

/// The last day that reminders were planned for.
pub(super) async fn planned_day(reader: &Reader) -> Result<Option<reminder_day::Model>, StoreError> {
    Ok(reader.find::<reminder_day::Entity>().one(reader.session()).await?)
}

/// What was asked for and is not carried out yet, the oldest first.
pub(super) async fn waiting_requests(reader: &Reader) -> Result<Vec<reminder_request::Model>, StoreError> {
    Ok(reader
        .find::<reminder_request::Entity>()
        .filter(reminder_request::Column::Reminders.is_null())
        .order_by_asc(reminder_request::Column::Id)
        .all(reader.session())
        .await?)
}

/// Reminders that a server process may take at a moment: those whose time has come, and those that another did not finish
/// within its time.
fn takeable(reader: &Reader, now: DateTime<Utc>) -> Select<reminder::Entity> {
    use reminder::Column;
    let waiting = Condition::all()
        .add(Column::Status.eq(ReminderStatus::Pending))
        .add(Column::NextAttemptAt.lte(now));
    let left = Condition::all()
        .add(Column::Status.eq(ReminderStatus::Sending))
        .add(Column::LeasedUntil.lt(now));
    reader
        .find::<reminder::Entity>()
        .filter(Condition::any().add(waiting).add(left))
}

/// One of the reminders that may be taken, the longest waiting first.
pub(super) async fn first_takeable(reader: &Reader, now: DateTime<Utc>) -> Result<Option<reminder::Model>, StoreError> {
    Ok(takeable(reader, now)
        .order_by_asc(reminder::Column::NextAttemptAt)
        .order_by_asc(reminder::Column::Id)
        .limit(1)
        .one(reader.session())
        .await?)
}

/// All that go into one mail with a reminder that may be taken: those of the same mail when it is tried again, otherwise
/// all of the same user that are in none.
pub(super) async fn together_with(
    reader: &Reader,
    first: &reminder::Model,
    now: DateTime<Utc>,
) -> Result<Vec<reminder::Model>, StoreError> {
    use reminder::Column;
    let select = takeable(reader, now)
        .filter(Column::Status.eq(first.status))
        .filter(Column::UserId.eq(first.user_id));
    let select = match first.mail_id {
        Some(mail_id) => select.filter(Column::MailId.eq(mail_id)),
        None => select.filter(Column::MailId.is_null()),
    };
    Ok(select.order_by_asc(Column::Id).all(reader.session()).await?)
}

/// The reminders of a mail that are still those of an attempt: no other process has taken them since.
pub(super) async fn of_attempt(
    reader: &Reader,
    mail_id: Uuid,
    attempt: i32,
) -> Result<Vec<reminder::Model>, StoreError> {
    use reminder::Column;
    Ok(reader
        .find::<reminder::Entity>()
        .filter(Column::MailId.eq(mail_id))
        .filter(Column::Status.eq(ReminderStatus::Sending))
        .filter(Column::Attempts.eq(attempt))
        .order_by_asc(Column::Id)
        .all(reader.session())
        .await?)
}

/// The piece of work that a reminder is of, if it is still there.
pub(super) fn work_of<'a>(reminder: &reminder::Model, work: &'a [WorkRow]) -> Option<&'a WorkRow> {
    work.iter().find(|work| is_of(reminder, work))
}

relation! {
    /// Who is reminded.
    UserOfReminder: reminder::Model => user_account::Model,
    |row| Some(row.user_id), rows_by_id::<user_account::Entity>
}

relation! {
    /// What was asked for.
    RequestOfReminder: reminder::Model => reminder_request::Model,
    |row| row.reminder_request_id, visible_requests
}

relation! {
    /// The occasion that was asked for.
    OccasionOfRequest: reminder_request::Model => reporting_occasion::Model,
    |row| Some(row.occasion_id), rows_by_id::<reporting_occasion::Entity>
}

relation! {
    /// The department that was asked for.
    DepartmentOfRequest: reminder_request::Model => department::Model,
    |row| row.department_id, rows_by_id::<department::Entity>
}

relation! {
    /// Who asked.
    AskerOfRequest: reminder_request::Model => user_account::Model,
    |row| row.requested_by, rows_by_id::<user_account::Entity>
}

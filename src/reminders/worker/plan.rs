use super::TASK;
use crate::{
    access::{AccessError, Gate, Identity, Reader},
    database::StoreError,
    reminders::{
        rules::{due_key, stage_on},
        settings::ReminderSettings,
        store,
    },
    use_case::BySystem,
    work::{WorkRow, all_work},
};
use chrono::{NaiveDate, Utc};
use entity::{ReminderStage, ReminderStatus, reminder, reminder_day};
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use std::collections::HashSet;
use uuid::Uuid;

/// A reminder that is to be there.
#[derive(Clone, Debug)]
pub(super) struct Planned {
    pub(super) user_id: Uuid,
    pub(super) work: WorkRow,
    pub(super) stage: ReminderStage,
    pub(super) planned_for: NaiveDate,
    pub(super) request_id: Option<Uuid>,
}

/// Whether the day's reminders are planned.
///
/// # Errors
/// When the database fails.
pub(super) async fn is_planned(reader: &Reader) -> Result<bool, StoreError> {
    let day = store::planned_day(reader).await?;
    Ok(day.is_some_and(|day| day.planned_on >= reader.today()))
}

/// Plans the day's reminders, unless another server process did so meanwhile.
///
/// # Errors
/// When the database fails: nothing is planned then.
pub(super) async fn plan_today(gate: &Gate, reader: &Reader, settings: &ReminderSettings) -> Result<(), StoreError> {
    let municipality_id = reader.municipality_id();
    let today = reader.today();
    // Read before the municipality's log is locked, since there may be much to read.
    let planned = of_everybody(gate, reader, |work| {
        let due = work.due_on?;
        stage_on(due, today, settings)
    })
    .await?;
    let mut tx = BySystem::begin(gate, municipality_id, TASK).await?;
    if is_planned(tx.reader()).await? {
        return Ok(());
    }
    let number = add(&mut tx, planned).await?;
    match store::planned_day(tx.reader()).await? {
        Some(day) => {
            let mut change = day.clone().into_active_model();
            change.planned_on = Set(today);
            tx.update(&day, change).await?;
        }
        None => {
            tx.insert(reminder_day::ActiveModel {
                municipality_id: Set(municipality_id),
                planned_on: Set(today),
            })
            .await?;
        }
    }
    tx.commit().await?;
    tracing::info!(%municipality_id, %today, number, "reminders planned");
    Ok(())
}

/// What everybody of a municipality is to be reminded of: of each piece of their work, what `stage` says, and it is not
/// there yet.
///
/// # Errors
/// When the database fails.
pub(super) async fn of_everybody(
    gate: &Gate,
    reader: &Reader,
    stage: impl Fn(&WorkRow) -> Option<(ReminderStage, NaiveDate)>,
) -> Result<Vec<Planned>, StoreError> {
    let mut planned = Vec::new();
    for user_id in store::people(reader).await? {
        let Some(person) = as_person(gate, reader.municipality_id(), user_id).await? else {
            continue;
        };
        let work = all_work(&person).await?;
        let staged = work
            .into_iter()
            .filter_map(|work| stage(&work).map(|(stage, planned_for)| (work, stage, planned_for)));
        planned.extend(staged.map(|(work, stage, planned_for)| Planned {
            user_id,
            work,
            stage,
            planned_for,
            request_id: None,
        }));
    }
    Ok(planned)
}

/// What somebody sees and has to do; `None` when they may not sign in any more.
///
/// # Errors
/// When the database fails.
pub(super) async fn as_person(gate: &Gate, municipality_id: Uuid, user_id: Uuid) -> Result<Option<Reader>, StoreError> {
    let identity = Identity::User {
        municipality_id,
        user_id,
    };
    match gate.reader(&identity).await {
        Ok(reader) => Ok(Some(reader)),
        Err(AccessError::Unknown) => Ok(None),
        Err(AccessError::Store(error)) => Err(error),
    }
}

/// Stores those that are not there yet, and answers how many that were.
///
/// # Errors
/// When the database fails.
pub(super) async fn add(tx: &mut BySystem, planned: Vec<Planned>) -> Result<i32, StoreError> {
    let mut number = 0;
    for of_user in planned.chunk_by(|one, other| one.user_id == other.user_id) {
        let Some(user_id) = of_user.first().map(|planned| planned.user_id) else {
            continue;
        };
        let subjects: HashSet<Uuid> = of_user.iter().map(|planned| planned.work.subject_id).collect();
        let mut known = store::known_keys(tx.reader(), user_id, subjects).await?;
        for planned in of_user {
            let Planned { work, stage, .. } = planned;
            if known.insert(store::key(work, *stage, planned.planned_for)) {
                store(tx, planned).await?;
                number += 1;
            }
        }
    }
    Ok(number)
}

async fn store(tx: &mut BySystem, planned: &Planned) -> Result<(), StoreError> {
    let work = &planned.work;
    let row = reminder::ActiveModel {
        municipality_id: Set(tx.reader().municipality_id()),
        id: Set(Uuid::now_v7()),
        user_id: Set(planned.user_id),
        kind: Set(work.kind),
        subject_id: Set(work.subject_id),
        occasion_id: Set(work.occasion_id),
        due_on: Set(work.due_on),
        due_key: Set(due_key(work.due_on)),
        stage: Set(planned.stage),
        planned_for: Set(planned.planned_for),
        reminder_request_id: Set(planned.request_id),
        status: Set(ReminderStatus::Pending),
        attempts: Set(0),
        next_attempt_at: Set(Utc::now()),
        leased_until: Set(None),
        mail_id: Set(None),
        perhaps_twice: Set(false),
        reason: Set(None),
        sent_at: Set(None),
        created_at: Set(tx.now()),
    };
    tx.insert(row).await?;
    Ok(())
}

use super::TASK;
use crate::{
    access::Gate,
    database::StoreError,
    reminders::{
        reasons::{INTERRUPTED, kept},
        rules::{Outcome, lease},
        store,
    },
    use_case::BySystem,
};
use chrono::{DateTime, Utc};
use entity::{ReminderStatus, reminder};
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use std::time::Duration;
use uuid::Uuid;

/// A mail's reminders, which this server process alone has until their time is up.
#[derive(Clone, Debug)]
pub(super) struct Claimed {
    pub(super) mail_id: Uuid,
    pub(super) user_id: Uuid,
    pub(super) attempt: i32,
    pub(super) until: DateTime<Utc>,
    pub(super) reminders: Vec<reminder::Model>,
}

/// Takes the reminders of one mail, and says so before anything is sent: a server process that is killed then leaves
/// behind that it had begun.
///
/// Writers of a municipality take turns on its log, so that no two processes take the same.
///
/// # Errors
/// When the database fails.
pub(super) async fn claim(
    gate: &Gate,
    municipality_id: Uuid,
    timeout: Duration,
) -> Result<Option<Claimed>, StoreError> {
    loop {
        let reader = gate.operator(municipality_id).await?;
        // The log is not locked when there is nothing to take.
        if store::first_takeable(&reader, Utc::now()).await?.is_none() {
            return Ok(None);
        }
        drop(reader);
        let mut tx = BySystem::begin(gate, municipality_id, TASK).await?;
        let now = Utc::now();
        let Some(first) = store::first_takeable(tx.reader(), now).await? else {
            continue;
        };
        let reminders = store::together_with(tx.reader(), &first, now).await?;
        let taken = take(&mut tx, &first, reminders, now + lease(timeout)).await?;
        tx.commit().await?;
        if taken.is_some() {
            return Ok(taken);
        }
    }
}

async fn take(
    tx: &mut BySystem,
    first: &reminder::Model,
    reminders: Vec<reminder::Model>,
    until: DateTime<Utc>,
) -> Result<Option<Claimed>, StoreError> {
    let mail_id = first.mail_id.or_else(|| reminders.iter().map(|row| row.id).min());
    let mail_id = mail_id.unwrap_or(first.id);
    let attempt = reminders.iter().map(|row| row.attempts).max().unwrap_or_default() + 1;
    let mut taken = Vec::with_capacity(reminders.len());
    for row in reminders {
        let mut change = row.clone().into_active_model();
        if row.status == ReminderStatus::Sending {
            let outcome = Outcome::interrupted(row.perhaps_twice, &kept(&INTERRUPTED));
            change.perhaps_twice = Set(true);
            change.reason = Set(outcome.reason);
            if outcome.status != ReminderStatus::Pending {
                change.status = Set(outcome.status);
                change.leased_until = Set(None);
                tx.update(&row, change).await?;
                tracing::warn!(reminder = %row.id, "whether a reminder was sent is not known");
                continue;
            }
            tracing::warn!(reminder = %row.id, "a reminder is sent again: it may have been sent already");
        }
        change.status = Set(ReminderStatus::Sending);
        change.attempts = Set(attempt);
        change.mail_id = Set(Some(mail_id));
        change.leased_until = Set(Some(until));
        taken.push(tx.update(&row, change).await?);
    }
    let claimed = Claimed {
        mail_id,
        user_id: first.user_id,
        attempt,
        until,
        reminders: taken,
    };
    Ok((!claimed.reminders.is_empty()).then_some(claimed))
}

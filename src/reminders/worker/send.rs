use super::{Reminders, TASK, claim::Claimed, plan::as_person};
use crate::{
    access::Gate,
    database::StoreError,
    language::Message as Words,
    reminders::{
        mail::{Item, Letter, Mail, MailError},
        reasons::{DISABLED, DONE, NO_ADDRESS, TOO_SLOW, UNREADABLE, kept},
        rules::{Delivery, Outcome, wait_after},
        store,
    },
    use_case::BySystem,
    work::{WorkRow, all_work},
};
use chrono::Utc;
use entity::{ReminderStage, ReminderStatus, municipality, reminder, user_account};
use lettre::Message;
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use std::collections::HashMap;
use uuid::Uuid;

/// What becomes of each reminder.
type Outcomes = HashMap<Uuid, Outcome>;

impl Reminders {
    /// Sends a mail's reminders, as far as there still is something to be reminded of, and says what became of them. Answers
    /// whether the mail server takes mail at the moment.
    ///
    /// # Errors
    /// When the database fails; what had begun is then found by whoever looks when its time is up.
    pub(super) async fn send(
        &self,
        gate: &Gate,
        municipality: &municipality::Model,
        claimed: Claimed,
    ) -> Result<bool, StoreError> {
        let mut outcomes = Outcomes::new();
        let mut reached = true;
        let message = match self.message(gate, municipality, &claimed, &mut outcomes).await {
            Ok(message) => message,
            Err(error) => {
                // Nothing was sent, which is known now and would not be when its time is up.
                self.put_off(&claimed, &mut outcomes, &UNREADABLE);
                self.conclude(gate, municipality.id, &claimed, &outcomes).await?;
                return Err(error);
            }
        };
        if let Some(message) = message {
            // As long as it may take has to be left: what is sent by a lease that has ended is perhaps sent twice.
            let left = claimed.until - Utc::now();
            if left.to_std().is_ok_and(|left| left >= self.server.timeout()) {
                let delivery = self.server.hand_over(&message).await;
                if let Delivery::Unreachable(reason) = &delivery {
                    tracing::warn!(reason, "the mail server takes no reminders");
                    reached = false;
                }
                self.decide(&claimed, &mut outcomes, &delivery);
            } else {
                self.put_off(&claimed, &mut outcomes, &TOO_SLOW);
            }
        }
        self.conclude(gate, municipality.id, &claimed, &outcomes).await?;
        Ok(reached)
    }

    /// Says what becomes by a delivery of the reminders that have no outcome yet.
    fn decide(&self, claimed: &Claimed, outcomes: &mut Outcomes, delivery: &Delivery) {
        for row in &claimed.reminders {
            let outcome = Outcome::of(delivery, claimed.attempt, row.perhaps_twice, &self.settings);
            outcomes.entry(row.id).or_insert(outcome);
        }
    }

    fn put_off(&self, claimed: &Claimed, outcomes: &mut Outcomes, reason: &Words) {
        self.decide(claimed, outcomes, &Delivery::Later(kept(reason)));
    }

    /// The mail, if there is anything to send; what is not sent has its outcome.
    async fn message(
        &self,
        gate: &Gate,
        municipality: &municipality::Model,
        claimed: &Claimed,
        outcomes: &mut Outcomes,
    ) -> Result<Option<Message>, StoreError> {
        let mut all = |outcome: &Outcome| {
            for row in &claimed.reminders {
                outcomes.entry(row.id).or_insert_with(|| outcome.clone());
            }
        };
        let Some(person) = as_person(gate, municipality.id, claimed.user_id).await? else {
            all(&Outcome::obsolete(&DISABLED));
            return Ok(None);
        };
        let user = person.by_id::<user_account::Entity>(claimed.user_id).await?;
        let Some((user, email)) = user.and_then(|user| user.email.clone().map(|email| (user, email))) else {
            all(&Outcome::obsolete(&NO_ADDRESS));
            return Ok(None);
        };
        let work = all_work(&person).await?;
        let mut items: Vec<(&reminder::Model, &WorkRow)> = Vec::new();
        for row in &claimed.reminders {
            match store::work_of(row, &work) {
                // Of one piece of work there may be two reminders, by its date and asked for: it is said once.
                Some(work) => items.push((row, work)),
                None => _ = outcomes.insert(row.id, Outcome::obsolete(&DONE)),
            }
        }
        if items.is_empty() {
            return Ok(None);
        }
        match self.written(gate, municipality, claimed.mail_id, &user, email, &items) {
            Ok(message) => Ok(Some(message)),
            Err(error) => {
                let failed = Outcome::failed(&error.to_string());
                for (row, _) in items {
                    outcomes.insert(row.id, failed.clone());
                }
                Ok(None)
            }
        }
    }

    fn written(
        &self,
        gate: &Gate,
        municipality: &municipality::Model,
        mail_id: Uuid,
        user: &user_account::Model,
        email: String,
        reminders: &[(&reminder::Model, &WorkRow)],
    ) -> Result<Message, MailError> {
        let language = user.language.unwrap_or(self.settings.language);
        let portal = self.settings.portal_url.as_deref();
        let today = gate.clock().today();
        let mut items: Vec<(&WorkRow, bool)> = Vec::new();
        for (reminder, work) in reminders {
            let requested = reminder.stage == ReminderStage::Requested;
            match items.iter_mut().find(|(known, _)| std::ptr::eq(*known, *work)) {
                Some((_, known)) => *known |= requested,
                None => items.push((work, requested)),
            }
        }
        // The most urgent first, as in `myWork`: what has no due date comes last.
        items.sort_by_key(|(work, _)| (work.due_on.is_none(), work.due_on));
        let letter = Letter {
            municipality: municipality.name.clone(),
            items: items
                .into_iter()
                .map(|(work, requested)| Item::of(work, requested, today, language, portal))
                .collect(),
            portal: Letter::portal(portal),
        };
        let (subject, body) = self.texts.write(&letter, language)?;
        self.server.message(&Mail {
            id: mail_id,
            name: user.name.clone(),
            email,
            subject,
            body,
        })
    }

    /// Stores what became of the reminders, unless another server process has taken them meanwhile.
    async fn conclude(
        &self,
        gate: &Gate,
        municipality_id: Uuid,
        claimed: &Claimed,
        outcomes: &Outcomes,
    ) -> Result<(), StoreError> {
        let mut tx = BySystem::begin(gate, municipality_id, TASK).await?;
        for row in store::of_attempt(tx.reader(), claimed.mail_id, claimed.attempt).await? {
            let Some(outcome) = outcomes.get(&row.id) else { continue };
            let mut change = row.clone().into_active_model();
            change.status = Set(outcome.status);
            change.reason = Set(outcome.reason.clone());
            change.leased_until = Set(None);
            change.perhaps_twice = Set(row.perhaps_twice || outcome.perhaps_sent);
            match outcome.status {
                ReminderStatus::Sent => change.sent_at = Set(Some(tx.now())),
                ReminderStatus::Pending => {
                    change.next_attempt_at = Set(Utc::now() + wait_after(claimed.attempt, &self.settings));
                }
                _ => {}
            }
            tx.update(&row, change).await?;
        }
        tx.commit().await
    }
}

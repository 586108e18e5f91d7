//! What a server process does about reminders, beside answering requests.

mod claim;
mod plan;
mod requests;
mod send;

use super::{
    mail::{MailServer, Texts},
    rules::has_begun,
    settings::{ReminderSettings, ReminderSettingsError, SmtpSettings, refused},
};
use crate::{access::Gate, database::StoreError};
use entity::municipality;
use std::{sync::Arc, time::Duration};
use tokio::sync::watch;
use uuid::Uuid;

/// The name of the task in the audit log.
const TASK: &str = "reminders";

/// Plans reminders and sends them, round after round, until the server stops. However many server processes do so, each
/// reminder is planned once, and sent once: see `docs/reminders.md` for what holds when one of them is killed.
#[derive(Clone, Debug)]
pub struct Reminders {
    settings: ReminderSettings,
    server: MailServer,
    texts: Arc<Texts>,
}

impl Reminders {
    /// Reminders that are handed to a mail server.
    ///
    /// # Errors
    /// When the settings cannot be used.
    pub fn new(settings: ReminderSettings, smtp: &SmtpSettings) -> Result<Self, ReminderSettingsError> {
        settings.check()?;
        Ok(Self {
            settings,
            server: MailServer::new(smtp)?,
            texts: Arc::new(Texts::new().map_err(|error| refused(error.to_string()))?),
        })
    }

    /// Plans and sends in every round until `stopping` says so or its other end is dropped; what is being sent then is
    /// finished first.
    pub async fn keep_sending(self, gate: Gate, mut stopping: watch::Receiver<bool>) {
        let pause = Duration::from_secs(self.settings.round_seconds.get().into());
        while !is_stopping(&stopping) {
            self.round(&gate, &stopping).await;
            tokio::select! {
                _ = stopping.wait_for(|stopping| *stopping) => break,
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    async fn round(&self, gate: &Gate, stopping: &watch::Receiver<bool>) {
        let municipalities = match gate.database().municipalities().await {
            Ok(municipalities) => municipalities,
            Err(error) => {
                tracing::error!(%error, "reminders cannot be looked for");
                return;
            }
        };
        let mut takes_mail = true;
        for municipality in municipalities {
            let code = &municipality.code;
            if let Err(error) = self.plan(gate, municipality.id).await {
                tracing::error!(%error, municipality = code, "reminders are not planned");
            }
            // The others get theirs whatever happens to one; only without the mail server nobody does.
            if takes_mail {
                match self.send_all(gate, &municipality, stopping).await {
                    Ok(reached) => takes_mail = reached,
                    Err(error) => tracing::error!(%error, municipality = code, "reminders are not sent"),
                }
            }
            if is_stopping(stopping) {
                return;
            }
        }
    }

    async fn plan(&self, gate: &Gate, municipality_id: Uuid) -> Result<(), StoreError> {
        if has_begun(gate.clock().now(), &self.settings) {
            plan::plan_today(gate, municipality_id, &self.settings).await?;
        }
        requests::carry_out(gate, municipality_id).await
    }

    /// Sends all that is to be sent now, and answers whether the mail server takes mail at the moment.
    async fn send_all(
        &self,
        gate: &Gate,
        municipality: &municipality::Model,
        stopping: &watch::Receiver<bool>,
    ) -> Result<bool, StoreError> {
        while !is_stopping(stopping) {
            let Some(claimed) = claim::claim(gate, municipality.id, self.server.timeout()).await? else {
                break;
            };
            if !self.send(gate, municipality, claimed).await? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

fn is_stopping(stopping: &watch::Receiver<bool>) -> bool {
    *stopping.borrow() || stopping.has_changed().is_err()
}

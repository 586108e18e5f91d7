//! What a server process does about reminders, beside answering requests.

mod claim;
mod plan;
mod requests;
mod send;

use super::{
    mail::{MailServer, Texts},
    rules::has_begun,
    settings::{ReminderSettings, ReminderSettingsError, SmtpSettings, refused},
    store,
};
use crate::{access::Gate, database::StoreError};
use chrono::Utc;
use entity::municipality;
use std::{sync::Arc, time::Duration};
use tokio::sync::watch;

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
            // The others get theirs whatever happens to one; only without the mail server nobody does.
            match self.municipality(gate, &municipality, takes_mail, stopping).await {
                Ok(still) => takes_mail = still,
                Err(error) => {
                    let code = &municipality.code;
                    tracing::error!(%error, municipality = code, "reminders are not planned or sent");
                }
            }
            if is_stopping(stopping) {
                return;
            }
        }
    }

    /// Plans what is to be planned and sends what is to be sent, and answers whether the mail server takes mail at the
    /// moment. Mostly there is nothing to do, which one look at the database tells.
    async fn municipality(
        &self,
        gate: &Gate,
        municipality: &municipality::Model,
        takes_mail: bool,
        stopping: &watch::Receiver<bool>,
    ) -> Result<bool, StoreError> {
        let reader = gate.operator(municipality.id).await?;
        let begun = has_begun(gate.clock().now(), &self.settings);
        let plans = begun && !plan::is_planned(&reader).await?;
        let requests = store::waiting_requests(&reader).await?;
        let sends = takes_mail && store::first_takeable(&reader, Utc::now()).await?.is_some();
        if plans {
            plan::plan_today(gate, &reader, &self.settings).await?;
        }
        if !requests.is_empty() {
            requests::carry_out(gate, &reader, &requests).await?;
        }
        if !takes_mail || !(plans || sends || !requests.is_empty()) {
            return Ok(takes_mail);
        }
        drop(reader);
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

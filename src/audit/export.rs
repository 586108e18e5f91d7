//! The log on its way out: everything that somebody else needs to verify it, in JSON lines.

use super::{
    AuditPublicKey, Head,
    chain::GENESIS,
    kept::Line,
    log::{Log, head_row},
};
use crate::{
    clock::Clock,
    database::{Database, StoreError},
};
use chrono::SecondsFormat;
use entity::{audit_event, municipality};
use serde_json::{Value as Json, json};
use std::{
    io::{self, Write},
    ops::RangeInclusive,
};

/// Writes the events of a municipality with these numbers, a line each, as `docs/audit-log.md` describes them.
///
/// # Errors
/// When the database fails, an event cannot be read, or `out` cannot be written.
pub async fn export(
    database: &Database,
    municipality: &municipality::Model,
    numbers: RangeInclusive<i64>,
    out: &mut (dyn Write + Send),
) -> Result<(), ExportError> {
    let session = database.read(municipality.id).await?;
    let before = numbers.start().saturating_sub(1);
    let mut previous = match Log::part(&session, municipality.id, before..=before)
        .next()
        .await?
        .pop()
    {
        Some((_, event)) => event.map_err(StoreError::from)?.hash,
        None => GENESIS.to_owned(),
    };
    let mut log = Log::part(&session, municipality.id, numbers);
    loop {
        let batch = log.next().await?;
        if batch.is_empty() {
            return Ok(());
        }
        for (_, event) in batch {
            let event = event.map_err(StoreError::from)?;
            writeln!(out, "{}", line(&municipality.code, &previous, &event))?;
            previous = event.hash;
        }
    }
}

/// Why an export ended early.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is nowhere to write to any more.
    #[error("the events cannot be written: {0}")]
    Output(#[from] io::Error),
}

fn line(code: &str, previous: &str, event: &audit_event::Model) -> Json {
    json!({
        "code": code,
        "municipality": event.municipality_id,
        "sequence": event.sequence,
        "previous": previous,
        "occurredAt": event.occurred_at.to_rfc3339_opts(SecondsFormat::Micros, true),
        "actorId": event.actor_id,
        "actor": event.actor,
        "requestId": event.request_id,
        "action": event.action,
        "subjectType": event.subject_type,
        "subjectId": event.subject_id,
        "salt": event.salt.as_deref().map(crate::digest::hex),
        "payload": event.payload,
        "payloadDigest": event.payload_digest,
        "hash": event.hash,
    })
}

/// The line with the signed head of a municipality's log that is to be kept elsewhere; `None` while it has none. `key`
/// is the key that is known here.
///
/// # Errors
/// When the database fails.
pub async fn kept_line(
    database: &Database,
    municipality: &municipality::Model,
    key: Option<&AuditPublicKey>,
) -> Result<Option<String>, StoreError> {
    let session = database.read(municipality.id).await?;
    let Some(row) = head_row(&session, municipality.id).await? else {
        return Ok(None);
    };
    let Head {
        municipality_id,
        sequence,
        hash,
    } = Head::of(&row);
    let Some(signature) = row.signature else {
        return Ok(None);
    };
    let public_key = key.filter(|key| row.key_id.as_ref() == Some(&key.id()));
    let line = Line {
        code: municipality.code.clone(),
        municipality: municipality_id,
        sequence,
        hash,
        key_id: row.key_id,
        public_key: public_key.map(ToString::to_string),
        signature,
        time: Clock::default().now(),
    };
    let text = serde_json::to_string(&line).map_err(|error| StoreError::Content(error.to_string()))?;
    Ok(Some(text))
}

use super::{Event, Incident, IncidentKind, record};
use crate::access::Gate;
use chrono::{DateTime, Utc};
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};
use tokio::sync::oneshot;
use uuid::Uuid;

/// For how long what happens again is counted instead of written.
const WINDOW: Duration = Duration::from_secs(60);

/// How often it is looked whether there is something counted to write.
const ROUND: Duration = Duration::from_secs(5);

/// How many kinds of refusal are told apart at once; what goes beyond is counted together.
const KINDS: usize = 10_000;

/// The reason of what is counted together.
const SEVERAL: &str = "several";

/// Refusals and failed sign-ins on their way into the log: the first of its kind is written at once, those that follow
/// within a minute are counted and written as one. Nobody can make a log grow by being refused.
#[derive(Debug, Default)]
pub struct Incidents(Mutex<HashMap<Kind, Counted>>);

/// What is counted together. The municipality is none where only a token says which, that is not to be trusted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Kind {
    municipality_id: Option<Uuid>,
    /// The user who was refused, or as whom somebody tried to sign in.
    user_id: Option<Uuid>,
    kind: IncidentKind,
    operation: Option<String>,
    reason: String,
}

#[derive(Debug)]
struct Counted {
    since: Instant,
    /// How many after the one that was written.
    count: u64,
    first: DateTime<Utc>,
    last: Incident,
}

/// Something to be written.
type Due = (Option<Uuid>, Event);

impl Incidents {
    /// Tells of a refusal in a municipality; in none when it is not known for sure: then the program's own log alone
    /// has it. What cannot be written is in that log too: the refusal stays what it is.
    pub async fn tell(&self, gate: &Gate, municipality_id: Option<Uuid>, incident: Incident) {
        let due = self.admit(municipality_id, incident, Instant::now());
        write(gate, due).await;
    }

    /// Writes what was counted and has been waiting for its minute to end at `now`.
    pub async fn tell_counted(&self, gate: &Gate, now: Instant) {
        write(gate, self.due(now)).await;
    }

    /// Writes what was counted in every round until `stopped` ends or is dropped, and then what is left.
    pub async fn keep_telling(gate: Gate, mut stopped: oneshot::Receiver<()>) {
        loop {
            tokio::select! {
                _ = &mut stopped => break,
                () = tokio::time::sleep(ROUND) => gate.incidents().tell_counted(&gate, Instant::now()).await,
            }
        }
        gate.incidents().tell_counted(&gate, Instant::now() + WINDOW).await;
    }

    fn counted(&self) -> MutexGuard<'_, HashMap<Kind, Counted>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn admit(&self, municipality_id: Option<Uuid>, incident: Incident, now: Instant) -> Vec<Due> {
        let mut counted = self.counted();
        let mut kind = Kind::of(municipality_id, &incident);
        if counted.len() >= KINDS && !counted.contains_key(&kind) {
            kind.user_id = None;
            kind.operation = None;
            SEVERAL.clone_into(&mut kind.reason);
        }
        let mut due = Vec::new();
        match counted.get_mut(&kind) {
            Some(known) if !known.has_ended(now) => {
                if known.count == 0 {
                    known.first = incident.at;
                }
                known.count += 1;
                known.last = incident;
                return due;
            }
            Some(_) => due.extend(counted.remove(&kind).and_then(|known| known.due(&kind))),
            None => {}
        }
        due.push((municipality_id, incident.clone().event()));
        let begun = Counted {
            since: now,
            count: 0,
            first: incident.at,
            last: incident,
        };
        counted.insert(kind, begun);
        due
    }

    fn due(&self, now: Instant) -> Vec<Due> {
        let ended = self
            .counted()
            .extract_if(|_, known| known.has_ended(now))
            .collect::<Vec<_>>();
        ended.into_iter().filter_map(|(kind, known)| known.due(&kind)).collect()
    }
}

impl Kind {
    fn of(municipality_id: Option<Uuid>, incident: &Incident) -> Self {
        let user_id = match incident.kind {
            IncidentKind::AccessRefused => incident.actor.as_ref().map(|(id, _)| *id),
            IncidentKind::SignInFailed => incident.subject.as_ref().map(|(_, id)| *id),
        };
        Self {
            municipality_id,
            user_id,
            kind: incident.kind,
            operation: incident.operation.clone(),
            reason: incident.reason.clone(),
        }
    }
}

impl Counted {
    fn has_ended(&self, now: Instant) -> bool {
        now.saturating_duration_since(self.since) >= WINDOW
    }

    fn due(self, kind: &Kind) -> Option<Due> {
        let last = self.last.at;
        (self.count > 0).then(|| (kind.municipality_id, self.last.counted(self.count, self.first, last)))
    }
}

async fn write(gate: &Gate, due: Vec<Due>) {
    for (municipality_id, event) in due {
        let Some(municipality_id) = municipality_id else {
            tracing::warn!(
                action = event.action,
                reason = event.payload["reason"].as_str(),
                count = event.payload["count"].as_u64(),
                "refused, and not known for which municipality"
            );
            continue;
        };
        let action = event.action.clone();
        if let Err(error) = record(gate.database(), gate.audit_key(), municipality_id, vec![event]).await {
            tracing::error!(%error, action, %municipality_id, "a refusal is missing in the audit log");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::SignInFailure;

    fn expired(user: u128) -> Incident {
        let at = DateTime::UNIX_EPOCH;
        Incident::sign_in(SignInFailure::Expired, Some(Uuid::from_u128(user)), Uuid::nil(), at)
    }

    fn counts(due: &[Due]) -> Vec<u64> {
        due.iter()
            .filter_map(|(_, event)| event.payload["count"].as_u64())
            .collect()
    }

    #[test]
    fn the_first_is_told_at_once_and_the_others_as_one() {
        let incidents = Incidents::default();
        let (here, begun) = (Some(Uuid::from_u128(1)), Instant::now());
        assert_eq!(counts(&incidents.admit(here, expired(1), begun)), [1]);
        for second in 1..60 {
            let now = begun + Duration::from_secs(second);
            assert!(incidents.admit(here, expired(1), now).is_empty());
        }
        assert_eq!(counts(&incidents.admit(here, expired(2), begun)), [1], "another user");
        assert!(incidents.due(begun + Duration::from_secs(59)).is_empty());
        assert_eq!(counts(&incidents.due(begun + WINDOW)), [59]);
        assert!(incidents.counted().is_empty());
        // Whoever comes again before anybody looked has both told: what was counted, and a new beginning.
        incidents.admit(here, expired(1), begun);
        incidents.admit(here, expired(1), begun);
        assert_eq!(counts(&incidents.admit(here, expired(1), begun + WINDOW)), [1, 1]);
    }

    #[test]
    fn too_many_kinds_are_counted_together() {
        let incidents = Incidents::default();
        let (here, now) = (Some(Uuid::from_u128(1)), Instant::now());
        for user in 0..2 * KINDS as u128 {
            incidents.admit(here, expired(user), now);
        }
        assert_eq!(incidents.counted().len(), KINDS + 1);
        let due = incidents.due(now + WINDOW);
        assert_eq!(counts(&due), [KINDS as u64 - 1]);
    }
}

//! Removes from the file store what no attachment refers to.
//!
//! Only what this database has announced is ever removed: the store is not listed, so that what others keep in the same
//! one stays. An object is first marked as to be removed, after which no upload can make it an attachment, then removed,
//! then forgotten: whenever the program stops, the next round goes on from there.

use super::{
    objects::{ObjectKey, Objects, ObjectsError},
    store::{doom_old, forget, loose},
};
use crate::{access::Gate, clock::Clock, database::StoreError, organisation::municipalities};
use chrono::TimeDelta;
use std::time::Duration;
use tokio::sync::oneshot;
use uuid::Uuid;

/// How often what is no longer needed is removed.
const EVERY: Duration = Duration::from_secs(60);

/// How old an announcement is when it is known to become nothing: far more than what an upload may take.
pub(crate) const UPLOAD_HOURS: i64 = 2;

/// Why not everything was removed that no attachment refers to. What was not is looked at again.
#[derive(Debug, thiserror::Error)]
pub enum SweepError {
    /// The database failed.
    #[error(transparent)]
    Database(#[from] StoreError),
    /// The file store failed.
    #[error(transparent)]
    Objects(#[from] ObjectsError),
}

/// Removes what no attachment refers to, now and then, until `stopped` is.
pub(crate) async fn keep_sweeping(gate: Gate, objects: Objects, mut stopped: oneshot::Receiver<()>) {
    loop {
        // A round may stop anywhere, and the next one goes on from there: nobody waits for it.
        tokio::select! {
            biased;
            _ = &mut stopped => return,
            swept = sweep(&gate, &objects) => if let Err(error) = swept {
                tracing::warn!(%error, "files that are no longer needed stay for now");
            },
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            _ = &mut stopped => return,
        }
    }
}

/// Removes what no attachment refers to, and answers how many objects that were.
///
/// # Errors
/// When the database or the file store fails.
pub async fn sweep(gate: &Gate, objects: &Objects) -> Result<usize, SweepError> {
    let mut removed = 0;
    for municipality in municipalities(gate.database()).await? {
        removed += sweep_municipality(gate, objects, municipality.id).await?;
    }
    Ok(removed)
}

async fn sweep_municipality(gate: &Gate, objects: &Objects, municipality_id: Uuid) -> Result<usize, SweepError> {
    // The real time, as the announcements have it.
    let horizon = Clock::default().now() - TimeDelta::hours(UPLOAD_HOURS);
    let found = loose(&gate.operator(municipality_id).await?, horizon).await?;
    if found.is_empty() {
        return Ok(0);
    }
    let session = gate.database().write(municipality_id).await?;
    let doomed = doom_old(&session, municipality_id, found).await?;
    session.commit().await?;
    for id in &doomed {
        objects
            .remove(ObjectKey {
                municipality_id,
                id: *id,
            })
            .await?;
    }
    let number = doomed.len();
    let session = gate.database().write(municipality_id).await?;
    forget(&session, municipality_id, doomed).await?;
    session.commit().await?;
    Ok(number)
}

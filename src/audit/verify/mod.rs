//! Walks a municipality's chain from its first event to its signed head, and names the first link that is broken.

mod diagnosis;
mod fault;
mod walk;

pub use fault::{BrokenLink, Fault};

use super::{
    AuditPublicKey, Head, KeptHead,
    erasure::Erasures,
    log::{Log, head_row},
};
use crate::database::{Database, Session, StoreError};
use diagnosis::{AROUND, Surroundings};
use entity::audit_head;
use uuid::Uuid;
use walk::{Step, Walk};

/// A log that is as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unbroken {
    /// How far it has come.
    pub head: Head,
    /// The key that signed that.
    pub key_id: Option<String>,
    /// How many of its events have a lawfully erased payload.
    pub erased: u64,
    /// How many heads that were kept elsewhere are in it.
    pub kept: usize,
}

/// Verifies a municipality's log: its chain, its payloads, its signed head, and that `kept`, the heads of it that were
/// kept elsewhere, are in it. `keys` are the public keys that may have signed.
///
/// # Errors
/// When the database fails. What is wrong with the log is answered.
pub async fn verify(
    database: &Database,
    municipality_id: Uuid,
    keys: &[AuditPublicKey],
    kept: &[KeptHead],
) -> Result<Result<Unbroken, BrokenLink>, StoreError> {
    // One snapshot: the head is that of these events, whatever is written meanwhile.
    let session = &database.read(municipality_id).await?;
    let row = head_row(session, municipality_id).await?;
    let signature = Signature::of(row.as_ref(), keys);
    let mut kept: Vec<&KeptHead> = kept
        .iter()
        .filter(|kept| kept.head.municipality_id == municipality_id)
        .collect();
    kept.sort_by_key(|kept| std::cmp::Reverse(kept.head.sequence));
    let unsigned = kept
        .iter()
        .rev()
        .find(|kept| !keys.iter().any(|key| key.signed(&kept.head, &kept.signature)));
    if let Some(kept) = unsigned {
        return Ok(Err(BrokenLink {
            sequence: kept.head.sequence,
            fault: Fault::KeptHeadUnsigned,
        }));
    }
    let number_kept = kept.len();
    let mut walk = Walk {
        head: Head::empty(municipality_id),
        signed: signature.good(),
        erasures: Erasures::read(session, municipality_id).await?,
        kept,
        erased: 0,
    };
    if let Some(broken) = to_the_end(session, &mut walk).await? {
        return Ok(Err(broken));
    }
    let broken = |sequence, fault| Ok(Err(BrokenLink { sequence, fault }));
    let ended = walk.head.sequence;
    if let Some(kept) = walk.kept.last() {
        let head = kept.head.sequence;
        return broken(ended + 1, Fault::BelowKeptHead { head });
    }
    match signature {
        Signature::Bad(fault) => broken(ended, fault),
        Signature::Good(head) if head.sequence > ended => broken(ended + 1, Fault::TailCut { head: head.sequence }),
        Signature::Good(head) if head != walk.head => broken(ended, Fault::HeadDiffers),
        Signature::Good(head) => Ok(Ok(Unbroken {
            head,
            key_id: row.and_then(|row| row.key_id),
            erased: walk.erased,
            kept: number_kept,
        })),
    }
}

/// What the head's row is worth.
enum Signature {
    Good(Head),
    Bad(Fault),
}

impl Signature {
    fn of(row: Option<&audit_head::Model>, keys: &[AuditPublicKey]) -> Self {
        let Some(row) = row else {
            return Self::Bad(Fault::HeadMissing);
        };
        let head = Head::of(row);
        let Some(signature) = &row.signature else {
            // A log is laid out without a signature, and none is needed while there is nothing to sign.
            return if head == Head::empty(head.municipality_id) {
                Self::Good(head)
            } else {
                Self::Bad(Fault::HeadUnsigned)
            };
        };
        if keys.iter().any(|key| key.signed(&head, signature)) {
            return Self::Good(head);
        }
        let key_id = row.key_id.clone().unwrap_or_default();
        Self::Bad(if keys.iter().any(|key| key.id() == key_id) {
            Fault::HeadForged
        } else {
            Fault::HeadSignedByOther { key_id }
        })
    }

    fn good(&self) -> Option<i64> {
        match self {
            Self::Good(head) => Some(head.sequence),
            Self::Bad(_) => None,
        }
    }
}

async fn to_the_end(session: &Session, walk: &mut Walk<'_>) -> Result<Option<BrokenLink>, StoreError> {
    let unfit = |error: serde_json::Error| StoreError::Content(format!("an audit event is not JSON: {error}"));
    let mut log = Log::whole(session, walk.head.municipality_id);
    loop {
        let batch = log.next().await?;
        if batch.is_empty() {
            return Ok(None);
        }
        for (sequence, event) in batch {
            let Ok(event) = event else {
                let fault = Fault::Unreadable;
                return Ok(Some(BrokenLink { sequence, fault }));
            };
            match walk.step(&event).map_err(unfit)? {
                Step::Follows => {}
                Step::Broken(broken) => return Ok(Some(broken)),
                Step::HashDiffers => {
                    let around = Log::part(
                        session,
                        walk.head.municipality_id,
                        sequence - AROUND..=sequence + AROUND,
                    );
                    let (sequence, fault) = surroundings(around)
                        .await?
                        .fault(sequence, &walk.head.hash)
                        .map_err(unfit)?;
                    return Ok(Some(BrokenLink { sequence, fault }));
                }
            }
        }
    }
}

async fn surroundings(mut log: Log<'_>) -> Result<Surroundings, StoreError> {
    let rows = log.next().await?;
    Ok(Surroundings::of(
        rows.into_iter().filter_map(|(_, event)| event.ok()).collect(),
    ))
}

use super::{BrokenLink, Fault};
use crate::audit::{
    Head, KeptHead,
    chain::{Link, payload_digest},
    erasure::{ERASED, Erasures},
};
use entity::audit_event;

/// What is held against each event on the way along a chain.
pub(super) struct Walk<'a> {
    /// The last event that was found in order.
    pub(super) head: Head,
    /// The number of the signed head, when its signature is good.
    pub(super) signed: Option<i64>,
    pub(super) erasures: Erasures,
    /// The heads that were kept elsewhere and not come to yet, by number, the lowest last.
    pub(super) kept: Vec<&'a KeptHead>,
    pub(super) erased: u64,
}

/// How an event stands in the chain.
pub(super) enum Step {
    /// It follows.
    Follows,
    /// It does not follow, and those around it may tell why.
    HashDiffers,
    /// It is plain what is wrong.
    Broken(BrokenLink),
}

impl Walk<'_> {
    /// Goes on to the next event.
    ///
    /// # Errors
    /// When the event cannot be written as JSON.
    pub(super) fn step(&mut self, event: &audit_event::Model) -> Result<Step, serde_json::Error> {
        let sequence = self.head.sequence + 1;
        if event.sequence < sequence {
            return Ok(broken(event.sequence, Fault::Inserted));
        }
        if event.sequence > sequence {
            let to = event.sequence - 1;
            return Ok(broken(sequence, Fault::Missing { to }));
        }
        if self.signed.is_some_and(|signed| sequence > signed) {
            return Ok(broken(sequence, Fault::BeyondHead));
        }
        let hash = Link::of(event).hash(&self.head.hash)?;
        if hash != event.hash {
            return Ok(Step::HashDiffers);
        }
        if let Some(fault) = self.payload_fault(event)? {
            return Ok(broken(sequence, fault));
        }
        self.head.sequence = sequence;
        self.head.hash = hash;
        if let Some(fault) = self.kept_head_fault() {
            return Ok(broken(sequence, fault));
        }
        Ok(Step::Follows)
    }

    fn payload_fault(&mut self, event: &audit_event::Model) -> Result<Option<Fault>, serde_json::Error> {
        Ok(match (&event.salt, &event.payload) {
            (Some(salt), Some(payload)) if payload_digest(salt, payload)? == event.payload_digest => None,
            (None, None) if event.action == ERASED => Some(Fault::ErasureErased),
            (None, None) if self.erasures.record(event.sequence) => {
                self.erased += 1;
                None
            }
            (None, None) => Some(Fault::ErasedUnrecorded),
            _ => Some(Fault::PayloadChanged),
        })
    }

    /// Compares the event that was come to with the heads that were kept of it.
    fn kept_head_fault(&mut self) -> Option<Fault> {
        while let Some(kept) = self.kept.pop_if(|kept| kept.head.sequence <= self.head.sequence) {
            if kept.head != self.head {
                return Some(Fault::KeptHeadDiffers);
            }
        }
        None
    }
}

fn broken(sequence: i64, fault: Fault) -> Step {
    Step::Broken(BrokenLink { sequence, fault })
}

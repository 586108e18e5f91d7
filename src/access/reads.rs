use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
};
use uuid::Uuid;

/// What somebody read that is confidential, noted while an answer is made of it.
#[derive(Clone, Debug, Default)]
pub struct ConfidentialReads(Arc<Mutex<BTreeSet<Thing>>>);

/// One thing: its kind, named as its table, and its id.
pub type Thing = (&'static str, Uuid);

impl ConfidentialReads {
    /// Notes that the content of something confidential went into the answer.
    pub(crate) fn note(&self, kind: &'static str, id: Uuid) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert((kind, id));
    }

    /// What was noted, each thing once.
    pub(crate) fn take(&self) -> BTreeSet<Thing> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

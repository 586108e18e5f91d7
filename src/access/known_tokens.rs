use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};
use uuid::Uuid;

/// The tokens of service accounts that were found to have been given out, by their hashes, and to which account. A token
/// stays its account's when it expires or is revoked, so that what is known is never wrong; whether it is valid is read
/// anew at every request.
#[derive(Clone, Debug, Default)]
pub(super) struct KnownTokens(Arc<RwLock<HashMap<String, Uuid>>>);

impl KnownTokens {
    pub(super) fn account(&self, token_hash: &str) -> Option<Uuid> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        known.get(token_hash).copied()
    }

    pub(super) fn learn(&self, token_hash: &str, account: Uuid) {
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(token_hash.to_owned(), account);
    }
}

use super::Identity;
use crate::{database::StoreError, digest::sha256_hex};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use uuid::Uuid;

/// The token of a service account, in the clear: `samsyn_sa_` and 64 characters that no one can guess. The beginning
/// makes a token that leaked recognisable to whoever searches for such.
///
/// It holds its municipality, so that it can be looked up behind that municipality's wall, and 256 random bits. With as
/// many, a plain SHA-256 is all that has to be stored: there is nothing to guess that a slow hash would slow down.
#[derive(Clone)]
pub struct ServiceSecret(String);

const PREFIX: &str = "samsyn_sa_";
const SECRET_BYTES: usize = 32;
const UUID_BYTES: usize = 16;
const HINT_LENGTH: usize = 4;

impl ServiceSecret {
    /// A new token of a municipality's.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn new(municipality_id: Uuid) -> Result<Self, StoreError> {
        let mut bytes = [0; UUID_BYTES + SECRET_BYTES];
        let (tenant, secret) = bytes.split_at_mut(UUID_BYTES);
        tenant.copy_from_slice(municipality_id.as_bytes());
        getrandom::fill(secret).map_err(|error| StoreError::Content(format!("no randomness: {error}")))?;
        Ok(Self(format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(bytes))))
    }

    /// The token of a service account that a text is, if it has the form of one.
    #[must_use]
    pub fn recognise(text: &str) -> Option<Self> {
        text.starts_with(PREFIX).then(|| Self(text.to_owned()))
    }

    /// Who comes with it: a service account of its municipality, if there is such a token. `None` when it is malformed.
    #[must_use]
    pub fn identity(&self) -> Option<Identity> {
        let bytes = URL_SAFE_NO_PAD.decode(self.0.strip_prefix(PREFIX)?).ok()?;
        if bytes.len() != UUID_BYTES + SECRET_BYTES {
            return None;
        }
        Some(Identity::Service {
            municipality_id: Uuid::from_slice(&bytes[..UUID_BYTES]).ok()?,
            token_hash: self.hash(),
        })
    }

    /// SHA-256 of the token, in hexadecimal: what is stored of it.
    #[must_use]
    pub fn hash(&self) -> String {
        sha256_hex(self.0.as_bytes())
    }

    /// Its end, to tell it by.
    #[must_use]
    pub fn hint(&self) -> String {
        self.0[self.0.len() - HINT_LENGTH..].to_owned()
    }

    /// The token itself, to be shown once.
    #[must_use]
    pub fn into_text(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_says_whose_it_is() {
        let municipality_id = Uuid::now_v7();
        let secret = ServiceSecret::new(municipality_id).unwrap();
        let text = secret.clone().into_text();
        assert_eq!(text.len(), PREFIX.len() + 64);
        assert!(text.ends_with(&secret.hint()));
        let identity = ServiceSecret::recognise(&text).unwrap().identity();
        let token_hash = secret.hash();
        assert_eq!(
            identity,
            Some(Identity::Service {
                municipality_id,
                token_hash
            })
        );
    }

    #[test]
    fn two_tokens_are_never_the_same() {
        let of = || ServiceSecret::new(Uuid::nil()).unwrap().into_text();
        assert_ne!(of(), of());
    }

    #[test]
    fn other_texts_are_no_tokens() {
        assert!(ServiceSecret::recognise("eyJhbGciOiJub25lIn0.e30.").is_none());
        for text in ["samsyn_sa_", "samsyn_sa_AAAA", "samsyn_sa_å"] {
            assert_eq!(ServiceSecret::recognise(text).unwrap().identity(), None, "{text}");
        }
    }
}

use super::chain::GENESIS;
use base64::{Engine, engine::general_purpose::STANDARD};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use std::{fmt, path::Path, sync::Arc};
use uuid::Uuid;

/// The key that the heads of audit logs are signed with: Ed25519 (RFC 8032), kept in a file and never in the database.
///
/// Whoever can write the database alone can neither cut a log's tail off nor make the chain anew: the head that they
/// would have to write needs a signature.
#[derive(Clone)]
pub struct AuditKey(Arc<SigningKey>);

/// The public half of an [`AuditKey`]: enough to check signatures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuditPublicKey(VerifyingKey);

/// How far a municipality's log has come: what is signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The municipality.
    pub municipality_id: Uuid,
    /// The number of its latest event; 0 before the first.
    pub sequence: i64,
    /// The hash of that event, in hexadecimal.
    pub hash: String,
}

/// Why a key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum AuditKeyError {
    /// The file cannot be read or made.
    #[error("the key of the audit log in {file} cannot be used: {reason}")]
    File {
        /// The file.
        file: String,
        /// Why.
        reason: String,
    },
    /// A public key is not one.
    #[error("\"{0}\" is not a public key of an audit log: it is 32 bytes in base64, as `samsyn audit heads` prints it")]
    Public(String),
}

const KEY_BYTES: usize = 32;

impl fmt::Debug for AuditKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AuditKey({})", self.public().id())
    }
}

impl AuditKey {
    /// The key in `file`, which is made at the first call.
    ///
    /// # Errors
    /// When it cannot be read or written.
    pub fn in_file(file: &Path) -> Result<Self, AuditKeyError> {
        let seed = crate::key_file::read_or_make(file).map_err(|error| AuditKeyError::File {
            file: file.display().to_string(),
            reason: error.to_string(),
        })?;
        Ok(Self::from_seed(&seed))
    }

    /// The key in `file`, which has to be there already.
    ///
    /// # Errors
    /// When it is not, or cannot be read.
    pub fn in_existing_file(file: &Path) -> Result<Self, AuditKeyError> {
        let seed = crate::key_file::read(file).map_err(|error| AuditKeyError::File {
            file: file.display().to_string(),
            reason: error.to_string(),
        })?;
        Ok(Self::from_seed(&seed))
    }

    /// The key with this seed.
    #[must_use]
    pub fn from_seed(seed: &[u8; KEY_BYTES]) -> Self {
        Self(Arc::new(SigningKey::from_bytes(seed)))
    }

    /// Its public half.
    #[must_use]
    pub fn public(&self) -> AuditPublicKey {
        AuditPublicKey(self.0.verifying_key())
    }

    /// The signature of a head, in base64.
    #[must_use]
    pub fn sign(&self, head: &Head) -> String {
        STANDARD.encode(self.0.sign(head.statement().as_bytes()).to_bytes())
    }
}

impl AuditPublicKey {
    /// The key that [`Self`] prints as.
    ///
    /// # Errors
    /// When it is none.
    pub fn parse(text: &str) -> Result<Self, AuditKeyError> {
        let refused = || AuditKeyError::Public(text.to_owned());
        let bytes = STANDARD.decode(text.trim()).map_err(|_| refused())?;
        let bytes: [u8; KEY_BYTES] = bytes.try_into().map_err(|_| refused())?;
        VerifyingKey::from_bytes(&bytes).map(Self).map_err(|_| refused())
    }

    /// A short name of the key: the beginning of its SHA-256.
    #[must_use]
    pub fn id(&self) -> String {
        crate::digest::sha256_hex(self.0.as_bytes())[..16].to_owned()
    }

    /// Whether `signature`, in base64, is this key's of the head.
    #[must_use]
    pub fn signed(&self, head: &Head, signature: &str) -> bool {
        let bytes = STANDARD.decode(signature).ok();
        let signature = bytes.and_then(|bytes| Signature::from_slice(&bytes).ok());
        signature.is_some_and(|signature| self.0.verify_strict(head.statement().as_bytes(), &signature).is_ok())
    }
}

impl fmt::Display for AuditPublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&STANDARD.encode(self.0.as_bytes()))
    }
}

impl Head {
    /// The head that a row of the database is.
    pub(super) fn of(row: &entity::audit_head::Model) -> Self {
        Self {
            municipality_id: row.municipality_id,
            sequence: row.sequence,
            hash: row.hash.clone(),
        }
    }

    /// The head of a log that has no event yet.
    #[must_use]
    pub fn empty(municipality_id: Uuid) -> Self {
        Self {
            municipality_id,
            sequence: 0,
            hash: GENESIS.to_owned(),
        }
    }

    /// What is signed: for this purpose and no other, as its first line says.
    fn statement(&self) -> String {
        let Self {
            municipality_id,
            sequence,
            hash,
        } = self;
        format!("samsyn audit head 1\n{municipality_id}\n{sequence}\n{hash}\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_of_one_head_by_one_key() {
        let (key, other) = (AuditKey::from_seed(&[1; 32]), AuditKey::from_seed(&[2; 32]));
        let head = Head::empty(Uuid::from_u128(1));
        let signature = key.sign(&head);
        assert!(key.public().signed(&head, &signature));
        assert!(!other.public().signed(&head, &signature));
        assert!(!key.public().signed(&head, "not one"));
        let later = Head { sequence: 1, ..head };
        assert!(!key.public().signed(&later, &signature));
    }

    #[test]
    fn a_public_key_is_read_as_it_is_printed() {
        let key = AuditKey::from_seed(&[1; 32]).public();
        assert_eq!(AuditPublicKey::parse(&key.to_string()).unwrap(), key);
        assert!(AuditPublicKey::parse("AAAA").is_err());
    }
}

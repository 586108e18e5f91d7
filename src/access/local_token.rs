use super::{Identity, RefusedToken, TokenRefusal};
use crate::key_file;
use chrono::{TimeDelta, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, errors::ErrorKind};
use serde::{Deserialize, Serialize};
use std::{fmt, path::Path};
use uuid::Uuid;

/// Tokens that this installation makes and verifies itself, for demonstrations and one-person installations.
///
/// JSON Web Tokens (RFC 7519) signed with HMAC-SHA-256 under a key that is made at first start and kept in the data
/// folder, readable by its owner alone.
#[derive(Clone)]
pub struct LocalTokens {
    encoding: EncodingKey,
    decoding: DecodingKey,
}

/// How long a token is valid.
const LIFETIME: TimeDelta = TimeDelta::hours(12);
const ISSUER: &str = "samsyn-local";
const KEY_FILE: &str = "local-token.key";

#[derive(Serialize, Deserialize)]
struct Claims {
    iss: String,
    sub: Uuid,
    municipality: Uuid,
    iat: i64,
    exp: i64,
}

/// Why no token could be made.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// It could not be signed.
    #[error("the token could not be signed: {0}")]
    Signing(#[from] jsonwebtoken::errors::Error),
    /// The key file cannot be read or made.
    #[error("the key of local tokens in {file} cannot be used: {reason}")]
    Key {
        /// The file.
        file: String,
        /// Why.
        reason: String,
    },
}

impl fmt::Debug for LocalTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LocalTokens")
    }
}

impl LocalTokens {
    /// The tokens of the installation whose data is in `folder`; its key is made at the first call.
    ///
    /// # Errors
    /// When the key cannot be read or written.
    pub fn of(folder: &Path) -> Result<Self, TokenError> {
        let file = folder.join(KEY_FILE);
        let broken = |reason: String| TokenError::Key {
            file: file.display().to_string(),
            reason,
        };
        let key = key_file::read_or_make(&file).map_err(|error| broken(error.to_string()))?;
        Ok(Self::from_key(&key))
    }

    /// The tokens signed with `key`.
    #[must_use]
    pub fn from_key(key: &[u8]) -> Self {
        Self {
            encoding: EncodingKey::from_secret(key),
            decoding: DecodingKey::from_secret(key),
        }
    }

    /// A token for a user, valid for twelve hours from now by the real clock.
    ///
    /// # Errors
    /// When it cannot be signed.
    pub fn issue(&self, municipality_id: Uuid, user_id: Uuid) -> Result<String, TokenError> {
        self.issue_for(municipality_id, user_id, LIFETIME)
    }

    /// A token that is valid for `lifetime` from now; a negative one has expired already.
    ///
    /// # Errors
    /// When it cannot be signed.
    pub fn issue_for(&self, municipality_id: Uuid, user_id: Uuid, lifetime: TimeDelta) -> Result<String, TokenError> {
        let now = Utc::now();
        let claims = Claims {
            iss: ISSUER.to_owned(),
            sub: user_id,
            municipality: municipality_id,
            iat: now.timestamp(),
            exp: (now + lifetime).timestamp(),
        };
        Ok(jsonwebtoken::encode(
            &Header::new(Algorithm::HS256),
            &claims,
            &self.encoding,
        )?)
    }

    /// Who a token was made for.
    ///
    /// # Errors
    /// When it has expired, or was not made here.
    pub fn verify(&self, token: &str) -> Result<Identity, RefusedToken> {
        let mut rules = rules();
        let refusal = match self.verify_by(token, &rules) {
            Ok(identity) => return Ok(identity),
            Err(ErrorKind::ExpiredSignature) => TokenRefusal::Expired,
            Err(_) => return Err(TokenRefusal::Invalid.into()),
        };
        rules.validate_exp = false;
        Err(RefusedToken {
            refusal,
            claimed: self.verify_by(token, &rules).ok(),
        })
    }

    fn verify_by(&self, token: &str, rules: &Validation) -> Result<Identity, ErrorKind> {
        let token = jsonwebtoken::decode::<Claims>(token, &self.decoding, rules);
        let claims = token.map_err(|error| error.into_kind())?.claims;
        Ok(Identity::User {
            municipality_id: claims.municipality,
            user_id: claims.sub,
        })
    }
}

fn rules() -> Validation {
    let mut rules = Validation::new(Algorithm::HS256);
    rules.set_issuer(&[ISSUER]);
    rules.leeway = 0;
    rules
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_names_its_user_and_municipality() {
        let tokens = LocalTokens::from_key(&[7; 32]);
        let (municipality_id, user_id) = (Uuid::now_v7(), Uuid::now_v7());
        let token = tokens.issue(municipality_id, user_id).unwrap();
        let identity = Identity::User {
            municipality_id,
            user_id,
        };
        assert_eq!(tokens.verify(&token).unwrap(), identity);
    }

    #[test]
    fn an_old_token_and_another_installations_are_refused() {
        let tokens = LocalTokens::from_key(&[7; 32]);
        let id = Uuid::now_v7();
        let old = tokens.issue_for(id, id, TimeDelta::seconds(-1)).unwrap();
        let identity = Identity::User {
            municipality_id: id,
            user_id: id,
        };
        let refused = tokens.verify(&old).unwrap_err();
        assert!(matches!(refused.refusal, TokenRefusal::Expired));
        assert_eq!(refused.claimed, Some(identity));
        let others = LocalTokens::from_key(&[8; 32]);
        for (tokens, token) in [
            (&others, &*old),
            (&tokens, &*others.issue(id, id).unwrap()),
            (&tokens, "no token"),
        ] {
            let refused = tokens.verify(token).unwrap_err();
            assert!(matches!(refused.refusal, TokenRefusal::Invalid));
            assert_eq!(refused.claimed, None);
        }
    }

    #[test]
    fn the_key_is_made_once() {
        let folder = tempfile::tempdir().unwrap();
        let id = Uuid::now_v7();
        let token = LocalTokens::of(folder.path()).unwrap().issue(id, id).unwrap();
        assert!(LocalTokens::of(folder.path()).unwrap().verify(&token).is_ok());
    }
}

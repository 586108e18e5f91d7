use super::{Directory, Identity, Issuers, LocalTokens, RefusedToken, ServiceSecret, TokenRefusal};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use uuid::Uuid;

/// The bearer tokens that are taken: of service accounts, of OpenID Connect providers, and, where the operator allows
/// them, of this installation itself.
#[derive(Clone, Debug, Default)]
pub struct BearerTokens {
    local: Option<LocalTokens>,
    issuers: Issuers,
}

impl BearerTokens {
    /// Takes the tokens of these providers.
    #[must_use]
    pub fn of_issuers(issuers: Issuers) -> Self {
        Self { local: None, issuers }
    }

    /// Takes the tokens of this installation too.
    #[must_use]
    pub fn with_local(mut self, local: LocalTokens) -> Self {
        self.local = Some(local);
        self
    }

    /// The providers whose tokens are taken.
    #[must_use]
    pub fn issuers(&self) -> &Issuers {
        &self.issuers
    }

    /// Who comes with a token. `of_host` is the municipality of the request's host: the tokens of others are refused there.
    ///
    /// # Errors
    /// When the token is refused.
    pub async fn verify(
        &self,
        token: &str,
        directory: &Directory,
        of_host: Option<Uuid>,
    ) -> Result<Identity, RefusedToken> {
        let identity = if let Some(secret) = ServiceSecret::recognise(token) {
            secret.identity().ok_or(TokenRefusal::Invalid)?
        } else if let Some(provider) = self.issuers.of(token) {
            provider.verify(token, directory, of_host).await?
        } else {
            let local = self.local.as_ref().ok_or(TokenRefusal::Invalid)?;
            local.verify(token)?
        };
        if of_host.is_some_and(|of_host| of_host != identity.municipality_id()) {
            return Err(RefusedToken {
                refusal: TokenRefusal::OtherMunicipality,
                claimed: Some(identity),
            });
        }
        Ok(identity)
    }
}

/// When a JSON Web Token that was verified expires by itself (RFC 7519, section 4.1.4).
#[must_use]
pub fn expiry_of(token: &str) -> Option<DateTime<Utc>> {
    #[derive(Deserialize)]
    struct Expiry {
        exp: f64,
    }
    let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
    let Expiry { exp } = serde_json::from_slice(&payload).ok()?;
    #[allow(clippy::cast_possible_truncation, reason = "a time out of range is none")]
    DateTime::from_timestamp(exp.floor() as i64, 0)
}

impl From<LocalTokens> for BearerTokens {
    fn from(local: LocalTokens) -> Self {
        Self::default().with_local(local)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;

    #[test]
    fn a_token_says_when_it_expires() {
        let tokens = LocalTokens::from_key(&[7; 32]);
        let id = Uuid::now_v7();
        let token = tokens.issue_for(id, id, TimeDelta::seconds(100)).unwrap();
        let left = expiry_of(&token).unwrap() - Utc::now();
        assert!(
            left > TimeDelta::seconds(97) && left <= TimeDelta::seconds(100),
            "{left}"
        );
        for token in ["", "a.b.c", "samsyn_sa_AAAA"] {
            assert_eq!(expiry_of(token), None, "{token}");
        }
    }
}

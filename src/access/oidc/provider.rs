use super::{IssuerSettings, claims::Claims, discovery, keys::Keys};
use crate::access::TokenRefusal;
use jsonwebtoken::{DecodingKey, Header, Validation, errors::ErrorKind};
use std::{
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::sync::Mutex;

/// A provider and the keys that are known of it.
#[derive(Debug)]
pub(in crate::access) struct Provider {
    settings: IssuerSettings,
    http: reqwest::Client,
    keys: RwLock<Option<Arc<Keys>>>,
    reachable: AtomicBool,
    /// When it was asked last; held while it is asked, so that it is asked once for all who wait.
    asked: Mutex<Option<Instant>>,
}

/// How old keys may be before they are asked for again. A key that a provider has taken back is used no longer than this,
/// as long as the provider answers.
const FRESH: Duration = Duration::from_secs(300);

/// How soon a provider is asked again: by a token with an unknown key, or after it did not answer. Tokens with invented
/// keys do not make the server ask more often.
const PAUSE: Duration = Duration::from_secs(5);

impl Provider {
    pub(super) fn new(settings: IssuerSettings, http: reqwest::Client) -> Self {
        Self {
            settings,
            http,
            keys: RwLock::default(),
            // Until it is found not to be.
            reachable: AtomicBool::new(true),
            asked: Mutex::default(),
        }
    }

    pub(super) fn settings(&self) -> &IssuerSettings {
        &self.settings
    }

    pub(super) fn is_reachable(&self) -> bool {
        self.reachable.load(Ordering::Relaxed)
    }

    pub(super) fn keys(&self) -> Option<Arc<Keys>> {
        self.keys.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Asks for the keys, when they are old or it did not answer the last time.
    pub(super) async fn refresh_when_due(&self) {
        let pause = if self.is_reachable() { FRESH } else { PAUSE };
        self.refresh(pause).await;
    }

    async fn refresh(&self, pause: Duration) {
        let mut asked = self.asked.lock().await;
        if asked.is_some_and(|at| at.elapsed() < pause) {
            return;
        }
        let issuer = &self.settings.issuer;
        let found = discovery::keys(&self.http, issuer).await.map(|set| Keys::of(&set));
        *asked = Some(Instant::now());
        let reached = match found {
            Ok(keys) if keys.is_empty() => {
                tracing::warn!(
                    issuer,
                    "the provider has no key that can be used; what is known goes on"
                );
                false
            }
            Ok(keys) => {
                *self.keys.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(keys));
                true
            }
            Err(error) => {
                tracing::warn!(issuer, %error, "the provider does not tell its keys; what is known goes on");
                false
            }
        };
        let was_reached = self.reachable.swap(reached, Ordering::Relaxed);
        if reached && !was_reached {
            tracing::info!(issuer, "the provider tells its keys again");
        }
    }

    /// What a token says, once it is verified. Of a token that is signed well and refused for something else, what it
    /// says comes with the refusal.
    pub(super) async fn claims(&self, token: &str) -> Result<Claims, (TokenRefusal, Option<Claims>)> {
        let header = jsonwebtoken::decode_header(token).map_err(|_| (TokenRefusal::Invalid, None))?;
        if !self.settings.algorithms.contains(&header.alg) {
            return Err((TokenRefusal::Algorithm, None));
        }
        // Extensions that must be understood, and none is (RFC 7515, section 4.1.11).
        if header.crit.is_some() {
            return Err((TokenRefusal::Invalid, None));
        }
        let key = self.key(&header).await.map_err(|refusal| (refusal, None))?;
        let mut rules = Validation::new(header.alg);
        rules.set_issuer(&[&self.settings.issuer]);
        rules.set_audience(&self.settings.audiences);
        rules.set_required_spec_claims(&["exp", "iss", "aud"]);
        rules.validate_nbf = true;
        rules.leeway = self.settings.clock_skew_seconds;
        let refusal = match jsonwebtoken::decode::<Claims>(token, &key, &rules) {
            Ok(token) => return Ok(token.claims),
            Err(error) => match error.kind() {
                ErrorKind::ExpiredSignature => TokenRefusal::Expired,
                ErrorKind::ImmatureSignature => TokenRefusal::NotYetValid,
                ErrorKind::InvalidAudience => TokenRefusal::Audience,
                ErrorKind::MissingRequiredClaim(claim) if claim == "aud" => TokenRefusal::Audience,
                ErrorKind::MissingRequiredClaim(claim) => TokenRefusal::Claim(claim.clone()),
                _ => return Err((TokenRefusal::Invalid, None)),
            },
        };
        rules.validate_exp = false;
        rules.validate_nbf = false;
        rules.validate_aud = false;
        rules.set_required_spec_claims(&["iss"]);
        let said = jsonwebtoken::decode::<Claims>(token, &key, &rules);
        Err((refusal, said.ok().map(|token| token.claims)))
    }

    /// The key that a token is signed with. For one that is not known the provider is asked, since it may be new.
    async fn key(&self, header: &Header) -> Result<DecodingKey, TokenRefusal> {
        let known = || self.keys().and_then(|keys| keys.of_token(header).cloned());
        if let Some(key) = known() {
            return Ok(key);
        }
        self.refresh(PAUSE).await;
        match known() {
            Some(key) => Ok(key),
            None if self.keys().is_none() => Err(TokenRefusal::Unavailable),
            None => Err(TokenRefusal::UnknownKey),
        }
    }
}

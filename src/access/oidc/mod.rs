//! OpenID Connect: tokens of the providers that the operator trusts.
//!
//! Samsyn is a resource server here (RFC 6749, section 1.1): it verifies access tokens that are JSON Web Tokens (RFC 9068)
//! and signs nobody in itself. The providers are the operator's configuration, never data: an address that came in
//! through the API would be fetched by the server.

mod claims;
mod discovery;
mod issuer;
mod keys;
mod provider;

pub use issuer::{IssuerError, IssuerSettings};

use super::{Directory, Identity, RefusedToken, TokenRefusal};
use claims::Claims;
use futures_util::future::join_all;
use provider::Provider;
use std::{sync::Arc, time::Duration};
use tokio::sync::oneshot;
use uuid::Uuid;

/// The providers that are trusted, and their keys.
#[derive(Clone, Debug, Default)]
pub struct Issuers(Arc<[Provider]>);

/// How the providers are reached at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProviderCondition {
    /// How many there are.
    pub configured: usize,
    /// How many did not answer the last time they were asked, or not with keys.
    pub unreachable: usize,
    /// How many of those have never answered since the program began: nobody can sign in by them.
    pub without_keys: usize,
}

/// How often it is looked whether a provider is to be asked again.
const ROUND: Duration = Duration::from_secs(5);

impl Issuers {
    /// The providers of the operator's configuration. None is asked yet.
    ///
    /// # Errors
    /// When the configuration is not usable.
    pub fn new(settings: Vec<IssuerSettings>) -> Result<Self, IssuerError> {
        issuer::check(&settings)?;
        let http = discovery::client()?;
        let provider = |settings| Provider::new(settings, http.clone());
        Ok(Self(settings.into_iter().map(provider).collect()))
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How they are reached at the moment.
    #[must_use]
    pub fn condition(&self) -> ProviderCondition {
        let count = |is: fn(&Provider) -> bool| self.0.iter().filter(|provider| is(provider)).count();
        ProviderCondition {
            configured: self.0.len(),
            unreachable: count(|provider| !provider.is_reachable()),
            without_keys: count(|provider| provider.keys().is_none()),
        }
    }

    /// Asks each provider for its keys now and again, until `stopped` ends or is dropped.
    pub async fn keep_fresh(self, mut stopped: oneshot::Receiver<()>) {
        while !self.is_empty() {
            join_all(self.0.iter().map(Provider::refresh_when_due)).await;
            tokio::select! {
                _ = &mut stopped => return,
                () = tokio::time::sleep(ROUND) => {}
            }
        }
    }

    /// The provider whose token it says it is.
    pub(super) fn of(&self, token: &str) -> Option<&Provider> {
        if self.is_empty() {
            return None;
        }
        let issuer = Claims::unverified_issuer(token)?;
        self.0.iter().find(|provider| provider.settings().issuer == issuer)
    }
}

impl Provider {
    /// Who a token was given to, of a municipality that the provider is bound to: the one that the token names, where
    /// the provider is set up to, else that of the request's host, else the only one.
    pub(super) async fn verify(
        &self,
        token: &str,
        directory: &Directory,
        of_host: Option<Uuid>,
    ) -> Result<Identity, RefusedToken> {
        let verified = self.claims(token).await;
        let (claims, refusal) = match verified {
            Ok(claims) => (claims, None),
            Err((refusal, Some(claims))) => (claims, Some(refusal)),
            Err((refusal, None)) => return Err(refusal.into()),
        };
        let identity = self.identity(&claims, directory, of_host).await;
        match (refusal, identity) {
            (None, identity) => Ok(identity?),
            (Some(refusal), identity) => Err(RefusedToken {
                refusal,
                claimed: identity.ok(),
            }),
        }
    }

    async fn identity(
        &self,
        claims: &Claims,
        directory: &Directory,
        of_host: Option<Uuid>,
    ) -> Result<Identity, TokenRefusal> {
        let settings = self.settings();
        let subject = claims.subject(&settings.subject_claim)?;
        let named = settings
            .municipality_claim
            .as_deref()
            .map(|claim| claims.text(claim))
            .transpose()?;
        let mut bound = Vec::new();
        for code in settings
            .municipalities
            .iter()
            .filter(|code| named.is_none_or(|named| named == *code))
        {
            bound.extend(directory.by_code(code).await?);
        }
        if named.is_none()
            && let Some(of_host) = of_host
        {
            bound.retain(|id| *id == of_host);
        }
        match bound[..] {
            [municipality_id] => Ok(Identity::External {
                municipality_id,
                issuer: settings.issuer.clone(),
                subject: subject.to_owned(),
            }),
            [] => Err(TokenRefusal::OtherMunicipality),
            _ => Err(TokenRefusal::SeveralMunicipalities),
        }
    }
}

//! Asking a provider for its keys.

use super::issuer::fetchable;
use jsonwebtoken::jwk::Jwk;
use reqwest::{Client, Url, redirect::Policy};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value as Json;
use std::time::Duration;

/// How long a provider may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long an answer may be, in bytes.
const MOST_BYTES: usize = 1024 * 1024;

/// What is needed of a provider's description (OpenID Connect Discovery 1.0, section 3).
#[derive(Deserialize)]
struct Description {
    issuer: String,
    jwks_uri: String,
}

/// A set of keys (RFC 7517, section 5). Those of kinds that are not understood are passed over.
#[derive(Deserialize)]
struct KeySet {
    keys: Vec<Json>,
}

/// Why a provider's keys are not there.
#[derive(Debug, thiserror::Error)]
pub(super) enum DiscoveryError {
    /// It was not reached, or did not answer in time.
    #[error(transparent)]
    Http(#[from] reqwest::Error),
    /// It answered with something else than is needed.
    #[error("{0}")]
    Answer(String),
}

/// What asks the providers. It follows no redirection: each address is the operator's, or the provider's own word.
pub(super) fn client() -> Result<Client, reqwest::Error> {
    // An error says that a provider of cryptography is installed already, which is as good.
    drop(rustls::crypto::ring::default_provider().install_default());
    Client::builder()
        .redirect(Policy::none())
        .timeout(PATIENCE)
        .user_agent(concat!("samsyn/", env!("CARGO_PKG_VERSION")))
        .build()
}

/// The keys that a provider signs with at the moment.
pub(super) async fn keys(http: &Client, issuer: &str) -> Result<Vec<Jwk>, DiscoveryError> {
    let address = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
    let description: Description = fetch(http, &address).await?;
    // Or one provider could speak for another (OpenID Connect Discovery 1.0, section 4.3).
    if description.issuer != issuer {
        return Err(DiscoveryError::Answer(format!(
            "{address} describes another issuer: {}",
            description.issuer
        )));
    }
    let set: KeySet = fetch(http, &description.jwks_uri).await?;
    let understood = |key| serde_json::from_value(key).ok();
    Ok(set.keys.into_iter().filter_map(understood).collect())
}

async fn fetch<T: DeserializeOwned>(http: &Client, address: &str) -> Result<T, DiscoveryError> {
    let url: Url = fetchable(address).map_err(DiscoveryError::Answer)?;
    let mut response = http.get(url).send().await?;
    if !response.status().is_success() {
        return Err(DiscoveryError::Answer(format!(
            "{address} answers {}",
            response.status()
        )));
    }
    let mut body = Vec::new();
    while let Some(piece) = response.chunk().await? {
        body.extend_from_slice(&piece);
        if body.len() > MOST_BYTES {
            return Err(DiscoveryError::Answer(format!(
                "{address} answers with more than {MOST_BYTES} bytes"
            )));
        }
    }
    serde_json::from_slice(&body)
        .map_err(|error| DiscoveryError::Answer(format!("{address} does not answer what is needed: {error}")))
}

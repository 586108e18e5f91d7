use jsonwebtoken::{Algorithm, AlgorithmFamily};
use reqwest::Url;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// An OpenID Connect provider that the operator trusts, and what for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IssuerSettings {
    /// Its address, exactly as its tokens have it in `iss`.
    pub issuer: String,
    /// The codes of the municipalities whose users it vouches for.
    pub municipalities: Vec<String>,
    /// What its tokens may have in `aud`: the name that this service has there.
    pub audiences: Vec<String>,
    /// The algorithms that its tokens may be signed with.
    #[serde(default = "default_algorithms")]
    pub algorithms: Vec<Algorithm>,
    /// The claim that users are told by. An e-mail address counts only where it is verified.
    #[serde(default = "default_subject_claim")]
    pub subject_claim: String,
    /// The claim with the code of the user's municipality, where the provider is bound to several.
    #[serde(default)]
    pub municipality_claim: Option<String>,
    /// By how many seconds its clock and this one may differ.
    #[serde(default = "default_clock_skew")]
    pub clock_skew_seconds: u64,
}

/// Why the configuration of the providers is not usable.
#[derive(Debug, thiserror::Error)]
pub enum IssuerError {
    /// What is said of one of them is wrong.
    #[error("the issuer {issuer}: {problem}")]
    Setting {
        /// Which one.
        issuer: String,
        /// What is wrong, and what would be right.
        problem: String,
    },
    /// No connection could be made to any.
    #[error("providers cannot be asked: {0}")]
    Http(#[from] reqwest::Error),
}

/// The most by which clocks may differ: with more, expired tokens would go on for too long.
const MOST_SKEW: u64 = 300;

/// Each is of a key pair: a secret shared with the provider would let whoever verifies make tokens too.
fn default_algorithms() -> Vec<Algorithm> {
    use Algorithm::{ES256, ES384, EdDSA, PS256, PS384, PS512, RS256, RS384, RS512};
    vec![RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, EdDSA]
}

fn default_subject_claim() -> String {
    "sub".to_owned()
}

fn default_clock_skew() -> u64 {
    60
}

/// Checks all that is said of the providers.
pub(super) fn check(settings: &[IssuerSettings]) -> Result<(), IssuerError> {
    let mut known = HashSet::new();
    for one in settings {
        let again = (!known.insert(&one.issuer)).then(|| "it is configured twice".to_owned());
        if let Some(problem) = again.or_else(|| one.problem()) {
            return Err(IssuerError::Setting {
                issuer: one.issuer.clone(),
                problem,
            });
        }
    }
    Ok(())
}

impl IssuerSettings {
    fn problem(&self) -> Option<String> {
        let hmac = |algorithm: &&Algorithm| algorithm.family() == AlgorithmFamily::Hmac;
        if let Err(problem) = fetchable(&self.issuer) {
            return Some(problem);
        }
        if self.municipalities.is_empty() {
            return Some("say in `municipalities` whose users it vouches for, by code".to_owned());
        }
        if self.audiences.iter().all(String::is_empty) {
            return Some("say in `audiences` what its tokens for this service have in `aud`".to_owned());
        }
        if let Some(algorithm) = self.algorithms.iter().find(hmac) {
            return Some(format!(
                "{algorithm:?} is no algorithm with a public key: whoever verifies could make tokens too"
            ));
        }
        if self.algorithms.is_empty() {
            return Some("say in `algorithms` what its tokens are signed with, or leave it out".to_owned());
        }
        if self.subject_claim.is_empty() {
            return Some("say in `subject_claim` which claim tells who it is, or leave it out".to_owned());
        }
        (self.clock_skew_seconds > MOST_SKEW)
            .then(|| format!("`clock_skew_seconds` is {MOST_SKEW} at most: expired tokens would go on for too long"))
    }
}

/// Whether keys may be fetched from an address: through TLS, or on this machine.
pub(super) fn fetchable(address: &str) -> Result<Url, String> {
    let url = Url::parse(address).map_err(|error| format!("{address} is no address: {error}"))?;
    let loopback = match url.host_str() {
        None => return Err(format!("{address} has no host")),
        Some(host) => host == "localhost" || host.trim_matches(['[', ']']).parse().is_ok_and(is_loopback),
    };
    match url.scheme() {
        "https" => Ok(url),
        "http" if loopback => Ok(url),
        _ => Err(format!(
            "{address} is not https://: keys that come without TLS may be anybody's"
        )),
    }
}

fn is_loopback(address: std::net::IpAddr) -> bool {
    address.is_loopback()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> IssuerSettings {
        IssuerSettings {
            issuer: "https://login.example.org".to_owned(),
            municipalities: vec!["0586".to_owned()],
            audiences: vec!["samsyn".to_owned()],
            algorithms: default_algorithms(),
            subject_claim: default_subject_claim(),
            municipality_claim: None,
            clock_skew_seconds: default_clock_skew(),
        }
    }

    #[test]
    fn what_is_wrong_is_said() {
        assert!(check(&[settings()]).is_ok());
        type Change = fn(&mut IssuerSettings);
        let cases: [(Change, &str); 8] = [
            (|it| it.issuer = "http://login.example.org".to_owned(), "https"),
            (|it| it.issuer = "login".to_owned(), "no address"),
            (|it| it.municipalities.clear(), "`municipalities`"),
            (|it| it.audiences.clear(), "`audiences`"),
            (|it| it.algorithms.push(Algorithm::HS256), "HS256"),
            (|it| it.algorithms.clear(), "`algorithms`"),
            (|it| it.subject_claim.clear(), "`subject_claim`"),
            (|it| it.clock_skew_seconds = 3600, "300"),
        ];
        for (change, says) in cases {
            let mut wrong = settings();
            change(&mut wrong);
            let said = check(&[wrong]).unwrap_err().to_string();
            assert!(said.contains(says), "{said}");
        }
        let said = check(&[settings(), settings()]).unwrap_err().to_string();
        assert!(said.contains("twice"), "{said}");
    }

    #[test]
    fn this_machine_may_be_asked_without_tls() {
        for address in ["http://127.0.0.1:3000", "http://[::1]:3000/oidc", "http://localhost"] {
            assert!(fetchable(address).is_ok(), "{address}");
        }
        for address in ["http://localhost.example.org", "file:///etc/passwd", "http://10.0.0.1"] {
            assert!(fetchable(address).is_err(), "{address}");
        }
    }
}

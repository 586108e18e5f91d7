//! Tokens that are none: made up, made for others, or made to be taken for something else.

use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value as Json, json};

use super::requests::Attack;
use crate::api::{MJOLBY, Server};
use crate::oidc::{API, Provider, forged, parts};

/// A request with each of them. All would read something, if their token were good.
pub(super) async fn all(server: &Server, provider: &Provider) -> Vec<Attack> {
    let good = provider.user("subject-1", API).await;
    let (header, claims) = parts(&good);
    let signature = good.rsplit('.').next().expect("a signature");
    let public = provider.public_key().await;
    let with = |name: &str, value: Json| {
        let mut header = header.clone();
        header[name] = value;
        forged(&header, &claims, signature)
    };
    let said = |name: &str, value: Json| {
        let mut claims = claims.clone();
        claims[name] = value;
        forged(&header, &claims, signature)
    };
    let hmac = |claims: &Json, secret: &str| {
        let key = EncodingKey::from_secret(secret.as_bytes());
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), claims, &key).expect("a token")
    };
    let local = server.token(MJOLBY, "auditor", chrono::TimeDelta::hours(1)).await;
    let (local_header, local_claims) = parts(&local);
    let short = provider.user("subject-1", "urn:samsyn:short").await;
    let later = provider.user("subject-1", "urn:samsyn:later").await;
    let other = provider.user("subject-1", "urn:other:api").await;
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    [
        ("alg none", forged(&json!({ "alg": "none", "typ": "JWT" }), &claims, "")),
        ("alg NoNe", with("alg", json!("NoNe"))),
        (
            "a token of this installation with alg none",
            forged(&json!({ "alg": "none" }), &local_claims, ""),
        ),
        ("a token of another installation", local.clone()),
        ("HMAC with the public key", hmac(&claims, &public.to_string())),
        (
            "HMAC with the public modulus",
            hmac(&claims, public["n"].as_str().expect("a modulus")),
        ),
        ("HMAC with nothing", hmac(&local_claims, "")),
        (
            "a provider's header on this installation's claims",
            forged(&header, &local_claims, signature),
        ),
        (
            "this installation's header on a provider's claims",
            forged(&local_header, &claims, signature),
        ),
        ("a kid that is a path", with("kid", json!("../../../../../../dev/null"))),
        ("a kid that is SQL", with("kid", json!("' UNION SELECT 'x' --"))),
        ("a kid of 8 kB", with("kid", json!("k".repeat(8_000)))),
        ("a key of its own", with("jwk", public.clone())),
        (
            "keys at an address of its own",
            with("jku", json!("http://169.254.169.254/keys")),
        ),
        ("a certificate of its own", with("x5u", json!("file:///etc/passwd"))),
        ("a critical extension", with("crit", json!(["b64"]))),
        ("another subject", said("sub", json!("administrator"))),
        ("another issuer", said("iss", json!("http://169.254.169.254"))),
        ("another audience", other),
        ("expired", short),
        ("not valid yet", later),
        ("no signature", forged(&header, &claims, "")),
        ("a signature too many", format!("{good}.{signature}")),
        (
            "a service account's token that is made up",
            format!("samsyn_sa_{}", "A".repeat(64)),
        ),
        ("a service account's token that is cut", "samsyn_sa_".to_owned()),
        ("a token of 6 kB", "a".repeat(6_000)),
    ]
    .map(|(name, token)| {
        let query = json!({ "query": "{ viewer { user { id } } }" }).to_string();
        Attack::body(name, query, 401, "UNAUTHENTICATED").with("authorization", format!("Bearer {token}"))
    })
    .into()
}

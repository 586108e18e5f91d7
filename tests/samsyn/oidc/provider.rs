//! The provider that the tests run, and how a client gets tokens of it.

use std::collections::BTreeMap;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use reqwest::{Client, Url, redirect::Policy};
use samsyn::access::IssuerSettings;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use crate::node_service::NodeService;

const CALLBACK: &str = "https://portal.example.org/callback";

/// What a token is for, unless a test says something else.
pub(crate) const API: &str = "urn:samsyn:api";

/// A running provider; it ends when it is dropped.
pub(crate) struct Provider {
    service: NodeService,
    pub(crate) issuer: String,
    http: Client,
}

impl Provider {
    pub(crate) async fn start() -> Self {
        let mut service = NodeService::start("oidc-provider", "provider.mjs", [""; 0]);
        let said = service.said().await;
        Self {
            service,
            issuer: said["issuer"].as_str().expect("an issuer").to_owned(),
            http: Client::builder().redirect(Policy::none()).build().expect("a client"),
        }
    }

    /// `down`, `up`, or `rotate`.
    pub(crate) async fn tell(&mut self, command: &str) {
        self.service.tell(command).await;
    }

    /// Trusted for Mjölby, with no patience for clocks that differ.
    pub(crate) fn settings(&self) -> IssuerSettings {
        let settings = json!({
            "issuer": self.issuer, "municipalities": ["0586"], "audiences": ["samsyn"], "clock_skew_seconds": 0,
        });
        serde_json::from_value(settings).expect("settings")
    }

    /// The key that tokens are signed with, as anybody can read it.
    pub(crate) async fn public_key(&self) -> Json {
        let set: Json = self.get("/jwks").await.json().await.expect("keys");
        set["keys"][0].clone()
    }

    async fn get(&self, path: &str) -> reqwest::Response {
        let url = format!("{}{path}", self.issuer);
        self.http.get(url).send().await.expect("an answer")
    }

    /// A token of somebody, by the authorisation-code grant with PKCE, as a portal gets it.
    pub(crate) async fn user(&self, subject: &str, resource: &str) -> String {
        let verifier = URL_SAFE_NO_PAD.encode(Sha256::digest(subject));
        let mut url = Url::parse(&format!("{}/auth", self.issuer)).expect("an address");
        url.query_pairs_mut().extend_pairs([
            ("client_id", "portal"),
            ("response_type", "code"),
            ("scope", "openid api"),
            ("redirect_uri", CALLBACK),
            ("code_challenge", &URL_SAFE_NO_PAD.encode(Sha256::digest(&verifier))),
            ("code_challenge_method", "S256"),
            ("resource", resource),
            ("login_hint", subject),
        ]);
        let mut cookies = BTreeMap::new();
        let mut steps = 0;
        while !url.as_str().starts_with(CALLBACK) {
            steps += 1;
            assert!(steps < 10, "the provider goes round in circles: {url}");
            let pairs: Vec<String> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            let request = self.http.get(url.clone()).header(COOKIE, pairs.join("; "));
            let answer = request.send().await.expect("an answer");
            for cookie in answer.headers().get_all(SET_COOKIE) {
                let pair = cookie.to_str().expect("a cookie").split(';').next().expect("a pair");
                let (name, value) = pair.split_once('=').expect("a name");
                cookies.insert(name.to_owned(), value.to_owned());
            }
            let Some(next) = answer.headers().get(LOCATION) else {
                panic!("no way on from {url}: {}", answer.text().await.unwrap_or_default());
            };
            url = url.join(next.to_str().expect("an address")).expect("an address");
        }
        let code = url.query_pairs().find(|(name, _)| name == "code");
        let code = code.unwrap_or_else(|| panic!("no code: {url}")).1;
        self.token(&[
            ("grant_type", "authorization_code"),
            ("client_id", "portal"),
            ("code", &code),
            ("code_verifier", &verifier),
            ("redirect_uri", CALLBACK),
            ("resource", resource),
        ])
        .await
    }

    /// A token of the registry system, by the client-credentials grant.
    pub(crate) async fn service(&self) -> String {
        self.token(&[
            ("grant_type", "client_credentials"),
            ("client_id", "registry"),
            ("client_secret", "registry-secret"),
            ("scope", "api"),
            ("resource", API),
        ])
        .await
    }

    async fn token(&self, form: &[(&str, &str)]) -> String {
        let mut url = Url::parse("form:").expect("an address");
        url.query_pairs_mut().extend_pairs(form);
        let request = self
            .http
            .post(format!("{}/token", self.issuer))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(url.query().unwrap_or_default().to_owned());
        let answer: Json = request.send().await.expect("an answer").json().await.expect("JSON");
        answer["access_token"]
            .as_str()
            .unwrap_or_else(|| panic!("no token: {answer}"))
            .to_owned()
    }
}

/// The parts of a token, decoded: header and claims.
pub(crate) fn parts(token: &str) -> (Json, Json) {
    let mut parts = token.split('.').map(|part| {
        let bytes = URL_SAFE_NO_PAD.decode(part).expect("base64");
        serde_json::from_slice(&bytes).unwrap_or(Json::Null)
    });
    (parts.next().expect("a header"), parts.next().expect("claims"))
}

/// A token of these parts with a signature that is given as text.
pub(crate) fn forged(header: &Json, claims: &Json, signature: &str) -> String {
    let part = |json: &Json| URL_SAFE_NO_PAD.encode(json.to_string());
    format!("{}.{}.{signature}", part(header), part(claims))
}

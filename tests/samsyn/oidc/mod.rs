//! Sign-in by an OpenID Connect provider: a real one, with tokens as clients get them.

mod provider;

use std::time::Duration;

use jsonwebtoken::{Algorithm, EncodingKey, Header};
use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::administration::{account_with, assessed_by, make_the_administrator_a_controller};
use crate::api::{Client, EXEMPEL, Server};
use crate::harness::{Suite, trials};
pub(crate) use provider::{API, Provider, forged, parts};

pub(crate) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        a_user_signs_in_by_the_authorisation_code_grant,
        a_service_account_signs_in_by_client_credentials,
        who_linked_a_service_account_has_its_hands,
        who_is_not_linked_or_disabled_is_nobody,
        tokens_for_others_and_of_other_times_are_refused,
        tokens_that_are_made_up_are_refused,
        keys_are_rotated_without_a_restart,
        a_provider_may_be_down,
        an_address_counts_where_it_is_verified,
        a_provider_speaks_for_its_municipalities_alone,
        failed_sign_ins_are_in_the_log,
    ]
}

const WHO: &str = "{ viewer { user { username } } }";

/// Links a subject of the provider to a user, as two administrators do.
async fn link(server: &Server, provider: &Provider, subject: &str, username: &str) -> Json {
    let administrator = server.user("administrator").await;
    let user = server.user_row(username).await["id"].take();
    let input = json!({ "userId": user, "issuer": provider.issuer, "subject": subject });
    let made = administrator
        .done(
            "createUserIdentity",
            "userIdentity { id version accessChange { id } }",
            input,
        )
        .await["userIdentity"]
        .take();
    server.approve(&made["accessChange"]).await;
    made
}

async fn is(client: &Client, username: &str) {
    let data = client.data(WHO, json!({})).await;
    assert_eq!(data["viewer"]["user"]["username"], username);
}

async fn is_refused(client: &Client, because: &str) {
    let (code, message) = client.error(WHO, json!({})).await;
    assert_eq!(code, "UNAUTHENTICATED", "{message}");
    assert!(message.contains(because), "{because}: {message}");
}

async fn a_user_signs_in_by_the_authorisation_code_grant(server: Server) {
    let provider = Provider::start().await;
    link(&server, &provider, "subject-1", "controller-ksf").await;
    let server = server.with_issuer(provider.settings()).await;
    for resource in [API, "urn:samsyn:elliptic"] {
        let controller = server.with_token(provider.user("subject-1", resource).await);
        is(&controller, "controller-ksf").await;
        let report = "{ departmentReport(departmentCode: \"KSF\", year: 2017) { status } }";
        let data = controller.data(report, json!({})).await;
        assert_eq!(data["departmentReport"]["status"], "RECOMMENDED");
    }
}

async fn a_service_account_signs_in_by_client_credentials(server: Server) {
    let provider = Provider::start().await;
    account_with(&server, "registry", &["CASE_FILE_READ"], None).await;
    link(&server, &provider, "registry", "registry").await;
    let server = server.with_issuer(provider.settings()).await;
    let registry = server.with_token(provider.service().await);
    is(&registry, "registry").await;
    let data = registry
        .data(
            "{ caseFile(number: \"KS/2016:389\") { number } findings { totalCount } }",
            json!({}),
        )
        .await;
    assert_eq!(data["caseFile"]["number"], "KS/2016:389");
}

async fn who_linked_a_service_account_has_its_hands(server: Server) {
    let provider = Provider::start().await;
    account_with(
        &server,
        "machine",
        &["FOLLOW_UP_READ", "ASSESSMENT_ASSESS"],
        Some("KFF"),
    )
    .await;
    link(&server, &provider, "registry", "machine").await;
    let with_provider = server.with_issuer(provider.settings()).await;
    let machine = with_provider.with_token(provider.service().await);
    let assessed = assessed_by(&machine).await;
    make_the_administrator_a_controller(&server).await;
    let administrator = server.user("administrator").await;
    let review = json!({ "id": assessed["id"], "expectedVersion": assessed["version"] });
    let refusal = administrator.refusal("reviewAssessment", review.clone()).await;
    assert_eq!(refusal, ["SEPARATION_OF_DUTIES"]);
    let controller = server.user("controller-kff").await;
    controller
        .done("reviewAssessment", "assessment { status }", review)
        .await;
}

async fn who_is_not_linked_or_disabled_is_nobody(server: Server) {
    let provider = Provider::start().await;
    let identity = link(&server, &provider, "subject-1", "head-utb").await;
    link(&server, &provider, "subject-2", "head-ksf").await;
    let with_provider = server.with_issuer(provider.settings()).await;
    let user = async |subject: &str| with_provider.with_token(provider.user(subject, API).await);
    is_refused(&user("subject-3").await, "").await;
    let (ended, disabled) = (user("subject-1").await, user("subject-2").await);
    is(&ended, "head-utb").await;
    is(&disabled, "head-ksf").await;
    let administrator = server.user("administrator").await;
    let head = server.user_row("head-ksf").await;
    let input = json!({ "id": head["id"], "expectedVersion": head["version"], "active": false });
    administrator.done("updateUser", "user { active }", input).await;
    is_refused(&disabled, "").await;
    let input = json!({ "id": identity["id"], "expectedVersion": 2 });
    administrator
        .done("endUserIdentity", "userIdentity { inForce }", input)
        .await;
    is_refused(&ended, "").await;
}

async fn tokens_for_others_and_of_other_times_are_refused(server: Server) {
    let provider = Provider::start().await;
    link(&server, &provider, "subject-1", "head-utb").await;
    let server = server.with_issuer(provider.settings()).await;
    let token = async |resource: &str| server.with_token(provider.user("subject-1", resource).await);
    is_refused(&token("urn:other:api").await, "another service").await;
    is_refused(&token("urn:samsyn:later").await, "not valid yet").await;
    let short = token("urn:samsyn:short").await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    is_refused(&short, "expired").await;
    // Within the seconds by which the clocks may differ it is still taken.
    let mut patient = provider.settings();
    patient.clock_skew_seconds = 60;
    let patient = server.with_issuer(patient).await;
    is(
        &patient.with_token(provider.user("subject-1", "urn:samsyn:short").await),
        "head-utb",
    )
    .await;
}

async fn tokens_that_are_made_up_are_refused(server: Server) {
    let provider = Provider::start().await;
    link(&server, &provider, "subject-1", "head-utb").await;
    link(&server, &provider, "subject-2", "coordinator").await;
    let server = server.with_issuer(provider.settings()).await;
    let good = provider.user("subject-1", API).await;
    is(&server.with_token(good.clone()), "head-utb").await;
    let signature = good.rsplit('.').next().expect("a signature");
    let (header, mut claims) = parts(&good);
    let public = provider.public_key().await;
    claims["sub"] = json!("subject-2");
    let with = |name: &str, value: Json| {
        let mut header = header.clone();
        header[name] = value;
        forged(&header, &claims, signature)
    };
    let hmac = |secret: &[u8]| {
        let mut header = Header::new(Algorithm::HS256);
        header.kid = public["kid"].as_str().map(str::to_owned);
        jsonwebtoken::encode(&header, &claims, &EncodingKey::from_secret(secret)).expect("a token")
    };
    let modulus = public["n"].as_str().expect("a modulus");
    let mut own = header.clone();
    own["jwk"] = public.clone();
    let mut foreign = claims.clone();
    foreign["iss"] = json!("https://login.example.org");
    for (name, token, because) in [
        ("other claims", forged(&header, &claims, signature), "not valid here"),
        ("no signature", forged(&header, &claims, ""), "not valid here"),
        (
            "alg none",
            forged(&json!({ "alg": "none" }), &claims, ""),
            "not valid here",
        ),
        ("alg NONE", with("alg", json!("NONE")), "not valid here"),
        ("alg of another family", with("alg", json!("ES256")), "key"),
        (
            "hmac with the public key",
            hmac(public.to_string().as_bytes()),
            "algorithm",
        ),
        ("hmac with its modulus", hmac(modulus.as_bytes()), "algorithm"),
        ("a key of its own", forged(&own, &claims, signature), "not valid here"),
        (
            "a kid that is a path",
            with("kid", json!("../../../../dev/null")),
            "key",
        ),
        ("a kid that is SQL", with("kid", json!("' UNION SELECT 'x")), "key"),
        (
            "a kid that is an address",
            with("jku", json!("https://attacker.example.org/jwks")),
            "not valid here",
        ),
        ("a critical extension", with("crit", json!(["exp"])), "not valid here"),
        (
            "an unknown issuer",
            forged(&header, &foreign, signature),
            "not valid here",
        ),
        ("two tokens", format!("{good}.{good}"), "not valid here"),
        ("nothing", "..".to_owned(), "not valid here"),
    ] {
        let (code, message) = server.with_token(token).error(WHO, json!({})).await;
        assert_eq!(code, "UNAUTHENTICATED", "{name}: {message}");
        assert!(message.contains(because), "{name}: {message}");
    }
}

async fn keys_are_rotated_without_a_restart(server: Server) {
    let mut provider = Provider::start().await;
    link(&server, &provider, "subject-1", "head-utb").await;
    let server = server.with_issuer(provider.settings()).await;
    let old = server.with_token(provider.user("subject-1", API).await);
    is(&old, "head-utb").await;
    provider.tell("rotate").await;
    // The provider is not asked again within seconds: a token with an unknown key is refused until then.
    let new = server.with_token(provider.user("subject-1", API).await);
    for _ in 0..40 {
        if new.ask(WHO, json!({})).await["errors"].is_null() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
    is(&new, "head-utb").await;
    is_refused(&old, "key").await;
}

/// What the server says of its readiness: the status and the body.
async fn readiness(server: &Server) -> (u16, Json) {
    let answer = server
        .http()
        .get(server.url("/health/ready"))
        .send()
        .await
        .expect("an answer");
    (answer.status().as_u16(), answer.json().await.expect("JSON"))
}

async fn becomes(server: &Server, status: &str) -> Json {
    for _ in 0..100 {
        let (code, body) = readiness(server).await;
        assert_eq!(code, 200);
        if body["status"] == status {
            return body;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    panic!("it never becomes {status}");
}

async fn a_provider_may_be_down(server: Server) {
    let mut provider = Provider::start().await;
    link(&server, &provider, "subject-1", "head-utb").await;
    let token = provider.user("subject-1", API).await;
    provider.tell("down").await;
    // From the beginning: everybody else is served, and it is told.
    let later = server.with_issuer(provider.settings()).await;
    let body = becomes(&later, "degraded").await;
    assert_eq!(
        body["degraded"]["identityProviders"],
        json!({ "configured": 1, "unreachable": 1, "withoutKeys": 1 })
    );
    let (code, message) = later.with_token(token.clone()).error(WHO, json!({})).await;
    assert_eq!(
        (code.as_str(), message.contains("provider")),
        ("UNAVAILABLE", true),
        "{message}"
    );
    is(&later.user("head-ksf").await, "head-ksf").await;
    provider.tell("up").await;
    becomes(&later, "ready").await;
    is(&later.with_token(token.clone()), "head-utb").await;
    // Afterwards: the keys that are known go on. A token with another key is what the provider is asked for.
    provider.tell("down").await;
    is(&later.with_token(token.clone()), "head-utb").await;
    let (mut header, claims) = parts(&token);
    header["kid"] = json!("unknown");
    tokio::time::sleep(Duration::from_secs(6)).await;
    is_refused(&later.with_token(forged(&header, &claims, "AAAA")), "key").await;
    let body = becomes(&later, "degraded").await;
    assert_eq!(body["degraded"]["identityProviders"]["withoutKeys"], 0);
    is(&later.with_token(token), "head-utb").await;
}

async fn an_address_counts_where_it_is_verified(server: Server) {
    let provider = Provider::start().await;
    link(&server, &provider, "subject-1@example.org", "head-utb").await;
    let mut settings = provider.settings();
    settings.subject_claim = "email".to_owned();
    let server = server.with_issuer(settings).await;
    is(&server.with_token(provider.user("subject-1", API).await), "head-utb").await;
    is_refused(
        &server.with_token(provider.user("unverified", API).await),
        "not verified",
    )
    .await;
}

async fn a_provider_speaks_for_its_municipalities_alone(server: Server) {
    let provider = Provider::start().await;
    link(&server, &provider, "subject-1", "head-utb").await;
    let token = provider.user("subject-1", API).await;
    let mut several = provider.settings();
    several.municipalities.push(EXEMPEL.to_owned());
    let unclear = server.with_issuer(several.clone()).await;
    is_refused(&unclear.with_token(token.clone()), "several municipalities").await;
    // The claim says Exempel, where the subject is nobody; bound to Mjölby alone, it may not say so.
    several.municipality_claim = Some("municipality".to_owned());
    let claimed = server.with_issuer(several).await;
    let (_, message) = claimed.with_token(token.clone()).error(WHO, json!({})).await;
    assert!(message.contains("not active here"), "{message}");
    let mut only = provider.settings();
    only.municipality_claim = Some("municipality".to_owned());
    let only = server.with_issuer(only).await;
    is_refused(&only.with_token(token), "another municipality").await;
}

async fn failed_sign_ins_are_in_the_log(server: Server) {
    let provider = Provider::start().await;
    let with_provider = server.with_issuer(provider.settings()).await;
    for resource in ["urn:other:api", "urn:samsyn:later", API] {
        let client = with_provider.with_token(provider.user("subject-1", resource).await);
        is_refused(&client, "").await;
    }
    let auditor = server.user("auditor").await;
    let query = "{ auditEvents(filter: { actions: [\"sign_in.failed\"] }, first: 10) { nodes { payload } } }";
    let events = auditor.data(query, json!({})).await;
    let said = events["auditEvents"]["nodes"].to_string();
    for reason in ["wrong_audience", "not_yet_valid", "unknown_user"] {
        assert!(said.contains(reason), "{reason}: {said}");
    }
    assert!(!said.contains("subject-1"), "{said}");
}

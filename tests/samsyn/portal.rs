//! How the reference portal is served. What it shows is tested in a browser (`tests/portal`).

use libtest_mimic::Trial;
use reqwest::redirect::Policy;
use samsyn::server::{ActorToken, portal};
use serde_json::{Value as Json, json};

use crate::api::Server;
use crate::harness::{Suite, trials};

pub(crate) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![suite, it_is_served_under_a_strict_policy]
}

async fn it_is_served_under_a_strict_policy(server: Server) {
    let client = reqwest::Client::builder()
        .redirect(Policy::none())
        .build()
        .expect("a client");
    let bare = client.get(server.url("/")).send().await.expect("an answer");
    assert_eq!(
        bare.headers()["location"],
        "/graphiql",
        "it is the demonstration's alone"
    );
    let configuration = portal::Configuration {
        year: Some(2017),
        tokens: vec![ActorToken {
            name: "coordinator".to_owned(),
            token: "secret".to_owned(),
        }],
    };
    let server = server.with_portal(configuration).await;
    for (path, content_type) in [
        ("/", "text/html; charset=utf-8"),
        ("/assets/portal.js", "text/javascript; charset=utf-8"),
        ("/assets/portal.css", "text/css; charset=utf-8"),
        ("/assets/licences.txt", "text/plain; charset=utf-8"),
    ] {
        let answer = client.get(server.url(path)).send().await.expect("an answer");
        assert!(answer.status().is_success(), "{path}");
        assert_eq!(answer.headers()["content-type"], content_type);
        let policy = answer.headers()["content-security-policy"].to_str().expect("text");
        assert!(
            policy.contains("default-src 'none'") && !policy.contains("unsafe"),
            "{policy}"
        );
    }
    let answer = client
        .get(server.url("/configuration.json"))
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let configuration: Json = answer.json().await.expect("JSON");
    let expected = json!({ "year": 2017, "tokens": [{ "name": "coordinator", "token": "secret" }] });
    assert_eq!(configuration, expected);
}

//! Which language it is.

use libtest_mimic::Trial;
use reqwest::Method;
use serde_json::{Value as Json, json};

use super::message;
use crate::api::{Client, Server};
use crate::harness::{Suite, trials};

pub(super) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        the_header_decides,
        without_one_the_users_choice_decides,
        the_choice_costs_no_statement,
    ]
}

const REFUSED: &str = "{ departments(first: 101) { totalCount } }";

/// The tag that an answer has, and the message in it.
async fn answered(client: &Client) -> (String, String) {
    let request = client
        .request(Method::POST, "/graphql")
        .json(&json!({ "query": REFUSED }));
    let answer = request.send().await.expect("an answer");
    let tag = answer.headers()["content-language"].to_str().expect("a tag").to_owned();
    let body: Json = answer.json().await.expect("JSON");
    (tag, message(&body).to_owned())
}

async fn the_header_decides(server: Server) {
    let coordinator = server.user("coordinator").await;
    let swedish = "`first` måste vara 0 till 100, inte 101. Hämta resten med `after`.";
    let english = "`first` has to be 0 to 100, not 101: ask for the rest with `after`.";
    for (header, tag) in [
        ("sv", "sv"),
        ("sv-SE,en;q=0.5", "sv"),
        ("en;q=0.5, sv-FI", "sv"),
        ("de, sv;q=0.1", "sv"),
        ("en-GB", "en"),
        ("en, sv", "en"),
        ("de", "en"),
        ("*", "en"),
        ("sv;q=0", "en"),
        ("!!;;,=", "en"),
    ] {
        let expected = if tag == "sv" { swedish } else { english };
        let got = answered(&coordinator.asking_for(header)).await;
        assert_eq!(got, (tag.to_owned(), expected.to_owned()), "{header}");
    }
    assert_eq!(answered(&coordinator).await.0, "en");
}

/// Sets the language that a user has chosen.
async fn choose(client: &Client, language: Json) {
    let user = client.data("{ viewer { user { version } } }", json!({})).await["viewer"]["user"]["version"].take();
    let input = json!({ "expectedVersion": user, "language": language });
    client.done("updateMyPreferences", "user { id }", input).await;
}

async fn without_one_the_users_choice_decides(server: Server) {
    let coordinator = server.user("coordinator").await;
    choose(&coordinator, json!("SV")).await;
    // The user is read for what the mutation and the query are about.
    let errors = coordinator
        .refused("createControlYear", json!({ "year": 2017, "ratingBasis": "RESULT" }))
        .await;
    assert_eq!(errors[0]["message"], "Kontrollåret 2017 finns redan.");
    let work = coordinator.request(Method::POST, "/graphql");
    let work = work
        .json(&json!({ "query": "{ viewer { user { id } } }" }))
        .send()
        .await
        .expect("an answer");
    assert_eq!(work.headers()["content-language"], "sv");
    // What is asked for weighs more, and what is not understood nothing.
    let english = coordinator.asking_for("en");
    let errors = english
        .refused("createControlYear", json!({ "year": 2017, "ratingBasis": "RESULT" }))
        .await;
    assert_eq!(errors[0]["message"], "There is a control year 2017 already.");
    let german = coordinator.asking_for("de");
    let errors = german
        .refused("createControlYear", json!({ "year": 2017, "ratingBasis": "RESULT" }))
        .await;
    assert_eq!(errors[0]["message"], "Kontrollåret 2017 finns redan.");
    choose(&coordinator, Json::Null).await;
    let errors = coordinator
        .refused("createControlYear", json!({ "year": 2017, "ratingBasis": "RESULT" }))
        .await;
    assert_eq!(errors[0]["message"], "There is a control year 2017 already.");
}

async fn the_choice_costs_no_statement(server: Server) {
    let coordinator = server.user("coordinator").await;
    let mut costs = Vec::new();
    for language in [Json::Null, json!("SV")] {
        choose(&coordinator, language).await;
        let before = server.database().statements();
        coordinator.data("{ viewer { user { id } } }", json!({})).await;
        costs.push(server.database().statements() - before);
    }
    assert_eq!(costs[0], costs[1]);
}

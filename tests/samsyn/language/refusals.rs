//! What HTTP refuses before anything is executed.

use std::num::NonZeroU32;

use libtest_mimic::Trial;
use reqwest::{Method, RequestBuilder};
use samsyn::graphql::limits::Budgets;
use serde_json::{Value as Json, json};

use super::message;
use crate::api::{Client, Server};
use crate::harness::{Suite, trials};

pub(super) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        a_refused_request_is_told_in_the_language,
        a_refused_upload_is_told_in_the_language,
        a_spent_budget_is_told_in_the_language,
    ]
}

/// What a request is answered in Swedish and in English, with the status.
async fn said(client: &Client, request: impl Fn(&Client) -> RequestBuilder) -> (u16, [String; 2]) {
    let mut messages = Vec::new();
    let mut status = 0;
    for language in ["sv", "en"] {
        let answer = request(&client.asking_for(language)).send().await.expect("an answer");
        status = answer.status().as_u16();
        assert_eq!(answer.headers()["content-language"], language);
        let mut vary = answer.headers().get_all("vary").iter();
        assert!(vary.any(|value| value == "accept-language"), "{status}");
        let body: Json = answer.json().await.expect("JSON");
        messages.push(message(&body).to_owned());
    }
    (status, messages.try_into().expect("two messages"))
}

fn answers(status: u16, swedish: &str, english: &str) -> (u16, [String; 2]) {
    (status, [swedish.to_owned(), english.to_owned()])
}

async fn a_refused_request_is_told_in_the_language(server: Server) {
    let public = server.public();
    let post = |client: &Client| client.request(Method::POST, "/graphql");
    let query = json!({ "query": "{ municipality { name } }" });
    assert_eq!(
        said(&public, |client| post(client).json(&query).bearer_auth("nonsense")).await,
        answers(
            401,
            "Logga in igen: åtkomstnyckeln gäller inte här.",
            "Sign in again: the token is not valid here."
        )
    );
    assert_eq!(
        said(&public, |client| post(client)
            .json(&query)
            .header("authorization", "Basic x"))
        .await,
        answers(
            401,
            "Authorization-huvudet går inte att förstå. Skicka `Authorization: Bearer TOKEN`.",
            "The Authorization header is not understood: send `Authorization: Bearer TOKEN`."
        )
    );
    assert_eq!(
        said(&public, |client| post(client)
            .body("x".repeat(2 << 20))
            .header("content-type", "application/json"))
        .await,
        answers(
            413,
            "För många byte i begäran: 2097152. Högst 1048576 tillåts.",
            "Too many bytes in the body: 2097152, of at most 1048576."
        )
    );
    assert_eq!(
        said(&public, |client| post(client)
            .body("{}")
            .header("content-type", "text/plain"))
        .await,
        answers(
            415,
            "Begäran måste ha Content-Type ”application/json”, i UTF-8.",
            "The body must have the Content-Type \"application/json\", in UTF-8."
        )
    );
    assert_eq!(
        said(&public, |client| post(client)
            .json(&query)
            .header("accept", "text/html"))
        .await
        .0,
        406
    );
    assert_eq!(
        said(&public, |client| client.request(Method::DELETE, "/graphql")).await,
        answers(
            405,
            "Skicka GraphQL-begäranden med POST, eller frågor med GET.",
            "Send GraphQL requests by POST, or queries by GET."
        )
    );
    assert_eq!(
        said(&public, |client| client.request(Method::GET, "/nowhere")).await,
        answers(
            404,
            "Det finns inget på den här adressen.",
            "There is nothing at this address."
        )
    );
}

async fn a_refused_upload_is_told_in_the_language(server: Server) {
    let small = samsyn::attachments::AttachmentSettings {
        max_bytes: NonZeroU32::new(1_000).expect("a number"),
        ..Default::default()
    };
    let small = server.with_attachments(small).await;
    let performer = small.user("performer-ksf").await;
    let query = "{ followUps(filter: { departmentCode: \"KSF\", year: 2017 }) { nodes { id } } }";
    let follow_up = performer.data(query, json!({})).await["followUps"]["nodes"][0]["id"].take();
    assert_eq!(
        said(&performer, |client| client
            .upload(&follow_up, "a.txt")
            .body("x".repeat(2_000)))
        .await,
        answers(
            413,
            "Filen är för stor. Högst 1000 byte är tillåtna.",
            "The file is too large: at most 1000 bytes are allowed."
        )
    );
    assert_eq!(
        said(&performer, |client| client.upload(&follow_up, "a.png").body("text")).await,
        answers(
            415,
            "Innehållet är inte image/png, som namnet säger.",
            "The content is not image/png, as the name says."
        )
    );
    assert_eq!(
        said(&performer, |client| client.upload(&follow_up, " ").body("text")).await,
        answers(
            400,
            "Ange i `fileName` vad filen heter.",
            "Say in `fileName` what the file is called."
        )
    );
    assert_eq!(
        said(&small.public(), |client| client
            .upload(&follow_up, "a.txt")
            .body("text"))
        .await,
        answers(
            401,
            "Bara en inloggad användare kan göra det här. Skicka en åtkomstnyckel.",
            "Only a signed-in user can do this: send a token."
        )
    );
    let coordinator = small.user("coordinator").await;
    assert_eq!(
        said(&coordinator, |client| client.upload(&follow_up, "a.txt").body("text"))
            .await
            .0,
        403
    );
}

async fn a_spent_budget_is_told_in_the_language(server: Server) {
    let points = NonZeroU32::new(2).expect("a number");
    let small = server
        .signing_in(|sign_in| sign_in.with_budgets(Budgets::new(points, NonZeroU32::MIN)))
        .await;
    let head = small.user("head-ksf").await;
    let query = json!({ "query": "{ findings(first: 20) { nodes { id } } }" });
    let (status, [swedish, english]) = said(&head, |client| {
        let request = client.request(Method::POST, "/graphql").json(&query);
        request.header("accept", "application/graphql-response+json")
    })
    .await;
    assert_eq!(status, 400);
    assert_eq!(
        swedish,
        "Begäran kostar 41 poäng, och en hel budget är 2. Fråga efter mindre."
    );
    assert_eq!(
        english,
        "The request costs 41 points; a whole budget has 2. Ask for less."
    );
    let query = json!({ "query": "{ municipality { name } }" });
    let ask = |language: &str| {
        head.asking_for(language)
            .request(Method::POST, "/graphql")
            .json(&query)
            .send()
    };
    ask("sv").await.expect("an answer");
    let refused: Json = ask("sv").await.expect("an answer").json().await.expect("JSON");
    assert!(
        message(&refused).starts_with("Begäran kostar 2 poäng, och så många finns inte kvar av budgeten."),
        "{refused}"
    );
}

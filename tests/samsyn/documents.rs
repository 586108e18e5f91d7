//! Documents that requests name instead of sending them.

use std::fs;

use libtest_mimic::Trial;
use reqwest::StatusCode;
use samsyn::graphql::limits::Limits;
use samsyn::server::graphql_endpoint::{DocumentSettings, Documents};
use serde_json::{Value as Json, json};

use crate::api::{Client, Server};
use crate::digest::sha256_hex;
use crate::harness::{Suite, trials};
use crate::live::{Socket, token};

pub(crate) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        a_client_sends_a_document_once,
        a_portals_documents_are_known_by_their_ids,
        where_only_trusted_documents_are_answered,
    ]
}

const DOCUMENT: &str = "query Whoami { viewer { user { username } } }";

fn persisted(hash: &str) -> Json {
    json!({ "persistedQuery": { "version": 1, "sha256Hash": hash } })
}

async fn post(client: &Client, body: Json) -> (StatusCode, Json) {
    let answer = client
        .request(reqwest::Method::POST, "/graphql")
        .header("content-type", "application/json")
        .body(body.to_string())
        .send()
        .await
        .expect("an answer");
    (answer.status(), answer.json().await.expect("JSON"))
}

/// A server that trusts the document, under the id `whoami`.
async fn trusting(server: &Server, only_trusted: bool) -> Server {
    let folder = tempfile::tempdir().expect("a folder");
    let manifest = folder.path().join("portal.json");
    fs::write(&manifest, json!({ "whoami": DOCUMENT }).to_string()).expect("a file");
    let settings = DocumentSettings {
        trusted: vec![manifest],
        only_trusted,
    };
    let documents = Documents::read(&settings, &Limits::default()).expect("documents");
    server.with_documents(documents).await
}

async fn a_client_sends_a_document_once(server: Server) {
    let client = server.user("auditor").await;
    let by_hash = json!({ "extensions": persisted(&sha256_hex(DOCUMENT.as_bytes())) });
    let (status, answer) = post(&client, by_hash.clone()).await;
    assert_eq!(status, StatusCode::OK, "as clients expect that know application/json");
    assert_eq!(answer["errors"][0]["message"], "PersistedQueryNotFound");
    assert_eq!(answer["errors"][0]["extensions"]["code"], "PERSISTED_QUERY_NOT_FOUND");
    assert!(answer.get("data").is_none());
    let (_, answer) = post(
        &client,
        json!({ "query": DOCUMENT, "extensions": persisted(&sha256_hex(b"{ other }")) }),
    )
    .await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_REQUEST", "{answer}");
    // What cannot be parsed is not remembered.
    let broken = "{ viewer {";
    post(
        &client,
        json!({ "query": broken, "extensions": persisted(&sha256_hex(broken.as_bytes())) }),
    )
    .await;
    let (_, answer) = post(
        &client,
        json!({ "extensions": persisted(&sha256_hex(broken.as_bytes())) }),
    )
    .await;
    assert_eq!(answer["errors"][0]["message"], "PersistedQueryNotFound");
    let (_, answer) = post(
        &client,
        json!({ "query": DOCUMENT, "extensions": persisted(&sha256_hex(DOCUMENT.as_bytes())) }),
    )
    .await;
    assert_eq!(answer["data"]["viewer"]["user"]["username"], "auditor");
    let (_, answer) = post(&client, by_hash).await;
    assert_eq!(answer["data"]["viewer"]["user"]["username"], "auditor");
    // By GET too, where a cache may stand between.
    let path = format!(
        "/graphql?extensions={}",
        percent_encoding::utf8_percent_encode(
            &persisted(&sha256_hex(DOCUMENT.as_bytes())).to_string(),
            percent_encoding::NON_ALPHANUMERIC
        )
    );
    let answer = client
        .request(reqwest::Method::GET, &path)
        .send()
        .await
        .expect("an answer");
    let answer: Json = answer.json().await.expect("JSON");
    assert_eq!(answer["data"]["viewer"]["user"]["username"], "auditor");
    for form in [
        json!("x"),
        json!({ "version": 2, "sha256Hash": sha256_hex(DOCUMENT.as_bytes()) }),
        json!({ "version": 1 }),
    ] {
        let (_, answer) = post(&client, json!({ "extensions": { "persistedQuery": form } })).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_REQUEST", "{form}");
    }
}

async fn a_portals_documents_are_known_by_their_ids(server: Server) {
    let server = trusting(&server, false).await;
    let client = server.user("auditor").await;
    let hash = sha256_hex(DOCUMENT.as_bytes());
    for request in [
        json!({ "documentId": "whoami" }),
        json!({ "documentId": format!("sha256:{hash}") }),
        json!({ "extensions": persisted(&hash) }),
        json!({ "query": "{ viewer { user { username } } }" }),
    ] {
        let (_, answer) = post(&client, request.clone()).await;
        assert_eq!(answer["data"]["viewer"]["user"]["username"], "auditor", "{request}");
    }
    for request in [
        json!({ "documentId": "other" }),
        json!({ "documentId": 1 }),
        json!({ "documentId": "whoami", "query": DOCUMENT }),
        json!({}),
    ] {
        let (_, answer) = post(&client, request.clone()).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_REQUEST", "{request}");
    }
}

async fn where_only_trusted_documents_are_answered(server: Server) {
    let server = trusting(&server, true).await;
    let client = server.user("auditor").await;
    for request in [json!({ "documentId": "whoami" }), json!({ "query": DOCUMENT })] {
        let (_, answer) = post(&client, request.clone()).await;
        assert_eq!(answer["data"]["viewer"]["user"]["username"], "auditor", "{request}");
    }
    let other = "{ viewer { user { username } } }";
    for request in [
        json!({ "query": other }),
        json!({ "query": other, "extensions": persisted(&sha256_hex(other.as_bytes())) }),
        json!({ "query": "mutation { __typename }" }),
    ] {
        let (status, answer) = post(&client, request.clone()).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{request}");
        assert_eq!(answer["errors"][0]["extensions"]["code"], "FORBIDDEN");
    }
    // On the other transports too.
    let token = token(&server, "auditor").await;
    let mut socket = Socket::of(&server.url("/graphql"), Some(&token)).await;
    socket.subscribe("1", other, json!({})).await;
    let answer = socket.next().await;
    assert_eq!(answer["type"], "error", "{answer}");
    assert_eq!(answer["payload"][0]["extensions"]["code"], "FORBIDDEN");
    let answer = client
        .request(reqwest::Method::GET, "/graphql?query=%7B__typename%7D")
        .header("accept", "text/event-stream")
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
}

//! What pages of other origins may do.

use libtest_mimic::Trial;
use reqwest::{Method, Response, StatusCode};
use serde_json::{Value as Json, json};

use crate::api::Server;
use crate::harness::{Suite, trials};

pub(crate) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        what_another_page_sends_is_refused,
        a_page_that_is_allowed_sends_and_reads,
        answers_are_compressed_but_events,
    ]
}

const PORTAL: &str = "https://portal.example.org";
const EVIL: &str = "https://evil.example.org";

async fn send(server: &Server, method: Method, path: &str, headers: &[(&str, &str)]) -> Response {
    let mut request = server.http().request(method.clone(), server.url(path));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    if method == Method::POST {
        request = request
            .header("content-type", "application/json")
            .body(json!({ "query": "{ municipality { code } }" }).to_string());
    }
    request.send().await.expect("an answer")
}

async fn what_another_page_sends_is_refused(server: Server) {
    let own = server.url("");
    for (headers, status) in [
        (vec![], StatusCode::OK),
        (vec![("origin", own.as_str())], StatusCode::OK),
        (
            vec![("sec-fetch-site", "same-origin"), ("origin", &own)],
            StatusCode::OK,
        ),
        (vec![("sec-fetch-site", "none")], StatusCode::OK),
        (
            vec![("sec-fetch-site", "cross-site"), ("origin", EVIL)],
            StatusCode::FORBIDDEN,
        ),
        (vec![("sec-fetch-site", "cross-site")], StatusCode::FORBIDDEN),
        (vec![("origin", EVIL)], StatusCode::FORBIDDEN),
        (vec![("origin", "null")], StatusCode::FORBIDDEN),
    ] {
        for path in ["/graphql", "/attachments"] {
            let answer = send(&server, Method::POST, path, &headers).await;
            let refused = answer.status() == StatusCode::FORBIDDEN;
            assert_eq!(refused, status == StatusCode::FORBIDDEN, "{path} {headers:?}");
            assert!(answer.headers().get("access-control-allow-origin").is_none());
            if refused {
                let body: Json = answer.json().await.expect("JSON");
                assert_eq!(body["errors"][0]["extensions"]["code"], "FORBIDDEN");
                assert!(
                    body["errors"][0]["message"]
                        .as_str()
                        .is_some_and(|text| text.contains("allowed_origins"))
                );
            }
        }
    }
}

async fn a_page_that_is_allowed_sends_and_reads(server: Server) {
    let server = server.with_origins(&[PORTAL]).await;
    let headers = |origin| {
        [
            ("origin", origin),
            ("access-control-request-method", "POST"),
            (
                "access-control-request-headers",
                "authorization,content-type,idempotency-key",
            ),
        ]
    };
    let allowed = |answer: &Response| answer.headers().get("access-control-allow-origin").cloned();
    let preflight = send(&server, Method::OPTIONS, "/graphql", &headers(PORTAL)).await;
    assert!(preflight.status().is_success());
    assert_eq!(allowed(&preflight).expect("leave"), PORTAL);
    assert!(preflight.headers().get("access-control-allow-credentials").is_none());
    let sent = preflight.headers()["access-control-allow-headers"]
        .to_str()
        .expect("text");
    assert!(
        sent.contains("authorization") && sent.contains("idempotency-key"),
        "{sent}"
    );
    let answer = send(
        &server,
        Method::POST,
        "/graphql",
        &[("origin", PORTAL), ("sec-fetch-site", "cross-site")],
    )
    .await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(allowed(&answer).expect("leave"), PORTAL);
    let varies = answer.headers().get_all("vary").iter();
    assert!(
        varies
            .into_iter()
            .any(|vary| vary.to_str().is_ok_and(|vary| vary.contains("origin")))
    );
    let preflight = send(&server, Method::OPTIONS, "/graphql", &headers(EVIL)).await;
    assert_eq!(allowed(&preflight), None);
    let answer = send(&server, Method::POST, "/graphql", &[("origin", EVIL)]).await;
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
}

async fn answers_are_compressed_but_events(server: Server) {
    let query = "/graphql?query=%7B__schema%7Btypes%7Bname%7D%7D%7D";
    for (accept, encoding) in [("gzip", Some("gzip")), ("br", Some("br")), ("identity", None)] {
        let answer = send(&server, Method::GET, query, &[("accept-encoding", accept)]).await;
        assert_eq!(answer.status(), StatusCode::OK);
        let found = answer
            .headers()
            .get("content-encoding")
            .map(|found| found.to_str().expect("text"));
        assert_eq!(found, encoding, "{accept}");
    }
    let events = [("accept-encoding", "gzip"), ("accept", "text/event-stream")];
    let answer = send(&server, Method::GET, query, &events).await;
    assert_eq!(answer.headers()["content-type"], "text/event-stream");
    assert!(answer.headers().get("content-encoding").is_none());
}

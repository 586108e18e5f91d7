//! Requests that are made to do harm: each is refused at once, with the right status and code, and the server goes on.

use std::{
    fmt::Write,
    time::{Duration, Instant},
};

use libtest_mimic::Trial;
use serde_json::json;

use super::server::{self, Answer, Server, answer};

/// A debug build on a busy machine answers all of these well within it.
const AT_ONCE: Duration = Duration::from_secs(1);

async fn refused(server: &Server, request: reqwest::RequestBuilder, status: u16, code: &str) -> Answer {
    let start = Instant::now();
    let answer = answer(request).await;
    assert!(start.elapsed() < AT_ONCE, "took {:?}", start.elapsed());
    assert_eq!(
        (answer.status.as_u16(), answer.code()),
        (status, code),
        "{}",
        answer.body
    );
    assert!(answer.body.get("data").is_none(), "{}", answer.body);
    server.still_answers().await;
    answer
}

async fn refused_query(server: &Server, query: &str, code: &str) -> Answer {
    refused(
        server,
        server.post().body(json!({ "query": query }).to_string()),
        400,
        code,
    )
    .await
}

/// `inner` inside as many levels.
pub(crate) fn nested(open: &str, inner: &str, close: &str, levels: usize) -> String {
    format!("{}{inner}{}", open.repeat(levels), close.repeat(levels))
}

/// As many fragments, each of which spreads the next one twice.
pub(crate) fn doubling_fragments(count: usize) -> String {
    let mut text = "{ ...F0 }".to_owned();
    for index in 0..count {
        write!(
            text,
            " fragment F{index} on Query {{ ...F{next} ...F{next} }}",
            next = index + 1
        )
        .expect("it fits");
    }
    format!("{text} fragment F{count} on Query {{ __typename }}")
}

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        server::trial("hostile::deep_nesting", async |server| {
            let answer = refused_query(&server, &nested("{a", "", "}", 2_000), "LIMIT_EXCEEDED").await;
            assert_eq!(
                answer.message(),
                "Too many brackets inside one another: 2000, of at most 50."
            );
            for (open, inner, close) in [("[", "1", "]"), ("{a:", "1", "}"), ("[", "", "")] {
                let query = format!("{{ echo(ints: {}) }}", nested(open, inner, close, 2_000));
                refused_query(&server, &query, "LIMIT_EXCEEDED").await;
            }
            refused_query(
                &server,
                &format!("query($x: {}) {{ ok }}", nested("[", "Int", "]", 2_000)),
                "LIMIT_EXCEEDED",
            )
            .await;
            refused_query(&server, &nested("{ ... ", "", "", 100_000), "LIMIT_EXCEEDED").await;
            // The parser would read this block string as an empty one and go on behind it.
            let query = format!("{{ echo(ints: [\"\"\"[ \"{}", "[".repeat(2_000));
            refused_query(&server, &query, "BAD_REQUEST").await;
        }),
        server::trial("hostile::the_deepest_that_is_allowed_is_executed", async |server| {
            let query = format!("{{ nn {} }}", nested("{ child ", "{ ok }", " }", 23));
            let answer = server.query(&query, json!({})).await;
            assert!(answer.body.get("errors").is_none(), "{}", answer.body);
            let query = format!("{{ nn {} }}", nested("{ child ", "{ ok }", " }", 24));
            refused_query(&server, &query, "LIMIT_EXCEEDED").await;
            // As many brackets as are allowed are no danger to the parser's stack.
            let query = format!("{{ echo(ints: {}) }}", nested("[", "1", "]", 48));
            refused_query(&server, &query, "BAD_REQUEST").await;
            let query = format!("{{ echo(ints: {}) }}", nested("{a:", "1", "}", 48));
            refused_query(&server, &query, "BAD_REQUEST").await;
            refused_query(&server, &nested("{ ... ", "{ ok }", "}", 49), "LIMIT_EXCEEDED").await;
        }),
        server::trial("hostile::doubling_fragments", async |server| {
            let answer = refused_query(&server, &doubling_fragments(22), "LIMIT_EXCEEDED").await;
            assert!(
                answer.message().starts_with("Too many selections in the document: "),
                "{}",
                answer.message()
            );
        }),
        server::trial("hostile::fragment_cycles", async |server| {
            for query in [
                "{ ...A } fragment A on Query { ...A }",
                "{ ...A } fragment A on Query { ok ...B } fragment B on Query { ... { ...A } }",
                "{ ok } fragment A on Query { ...A }",
            ] {
                refused_query(&server, query, "BAD_REQUEST").await;
            }
        }),
        server::trial("hostile::many_aliases_and_tokens", async |server| {
            let aliases = |count: usize| (0..count).map(|index| format!(" a{index}: ok")).collect::<String>();
            let answer = refused_query(&server, &format!("{{ {} }}", aliases(20_000)), "LIMIT_EXCEEDED").await;
            assert_eq!(
                answer.message(),
                "Too many tokens in the document: 60002, of at most 5000."
            );
            let answer = refused_query(&server, &format!("{{ {} }}", aliases(201)), "LIMIT_EXCEEDED").await;
            assert_eq!(
                answer.message(),
                "Too many aliases in the document: 201, of at most 200."
            );
            let directives = " @include(if: true)".repeat(300);
            refused_query(&server, &format!("{{ ok{directives} }}"), "LIMIT_EXCEEDED").await;
        }),
        server::trial("hostile::costly_pages", async |server| {
            let pages = |levels: usize| format!("{{ nn {} }}", nested("{ page(first: 100) ", "{ ok }", " }", levels));
            let answer = server.query(&pages(1), json!({})).await;
            assert_eq!(answer.body["data"]["nn"]["page"].as_array().map(Vec::len), Some(100));
            let answer = refused_query(&server, &pages(3), "LIMIT_EXCEEDED").await;
            assert_eq!(
                answer.message(),
                "Too many points of complexity: 1010102, of at most 20000."
            );
            // 100 to the power of 20 does not fit in any number.
            refused_query(&server, &pages(20), "LIMIT_EXCEEDED").await;
        }),
        server::trial("hostile::many_variable_values", async |server| {
            let body =
                json!({ "query": "query($x: [Int!]) { echo(ints: $x) }", "variables": { "x": vec![1; 20_000] } });
            let answer = refused(&server, server.post().body(body.to_string()), 400, "LIMIT_EXCEEDED").await;
            assert_eq!(
                answer.message(),
                "Too many values in the variables: 20001, of at most 20000."
            );
        }),
        server::trial("hostile::large_bodies", async |server| {
            let large = json!({ "query": "{ ok }", "x": "x".repeat(9_000_000) }).to_string();
            let bytes = large.len();
            let answer = refused(&server, server.post().body(large.clone()), 413, "LIMIT_EXCEEDED").await;
            assert_eq!(
                answer.message(),
                format!("Too many bytes in the body: {bytes}, of at most 1048576.")
            );
            let mut chunked =
                b"POST /graphql HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n\
                Transfer-Encoding: chunked\r\n\r\n"
                    .to_vec();
            for chunk in large.as_bytes().chunks(60_000) {
                chunked.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
                chunked.extend_from_slice(chunk);
                chunked.extend_from_slice(b"\r\n");
            }
            chunked.extend_from_slice(b"0\r\n\r\n");
            let text = server.raw(chunked).await;
            assert!(
                text.starts_with("HTTP/1.1 413 ") && text.contains("LIMIT_EXCEEDED"),
                "{text}"
            );
            let text = server
                .raw(
                    b"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n\
                    Content-Length: 9000000\r\nConnection: close\r\n\r\n"
                        .to_vec(),
                )
                .await;
            assert!(text.starts_with("HTTP/1.1 413 "), "{text}");
            server.still_answers().await;
        }),
        server::trial("hostile::a_body_that_does_not_come", async |server| {
            let text = server
                .raw(
                    b"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close\r\n\
                    Content-Length: 100\r\n\r\n{"
                        .to_vec(),
                )
                .await;
            assert!(text.starts_with("HTTP/1.1 408 ") && text.contains("TIMEOUT"), "{text}");
            server.still_answers().await;
        }),
        server::trial("hostile::batches", async |server| {
            let batch = json!(vec![json!({ "query": "{ ok }" }); 1_000]).to_string();
            let answer = refused(&server, server.post().body(batch), 400, "BAD_REQUEST").await;
            assert_eq!(
                answer.message(),
                "Batches are not supported: send one request at a time."
            );
        }),
        server::trial("hostile::bodies_that_are_no_request", async |server| {
            let bodies: [&[u8]; 11] = [
                b"",
                b"{",
                b"null",
                b"\"{ ok }\"",
                b"{\"query\": 1}",
                b"{\"query\": \"{ ok }\", \"variables\": []}",
                b"{\"query\": \"{ ok }\", \"operationName\": 1}",
                b"{\"query\": \"{ ok }\", \"extensions\": \"x\"}",
                b"{\"query\": \"{ ok \xff }\"}",
                b"\xef\xbb\xbf{\"query\": \"{ ok }\"}",
                b"{\"query\": \"{ ok }\"} x",
            ];
            for body in bodies {
                refused(&server, server.post().body(body), 400, "BAD_REQUEST").await;
            }
            refused(
                &server,
                server.post().body(nested("[", "", "]", 100_000)),
                400,
                "BAD_REQUEST",
            )
            .await;
            let variables = format!(
                "{{\"query\":\"{{ ok }}\",\"variables\":{{\"x\":{}}}}}",
                nested("[", "", "]", 100_000)
            );
            refused(&server, server.post().body(variables), 400, "BAD_REQUEST").await;
        }),
        server::trial("hostile::content_types", async |server| {
            let post = |headers: &[(&'static str, &'static str)]| {
                let client = reqwest::Client::new();
                let mut request = client.post(server.url("/graphql")).body("{\"query\":\"{ ok }\"}");
                for (name, value) in headers {
                    request = request.header(*name, *value);
                }
                request
            };
            refused(&server, post(&[]), 415, "BAD_REQUEST").await;
            for odd in [
                "",
                "text/plain",
                "nonsense",
                "application/json; charset=utf-16",
                "application/graphql",
                "multipart/form-data; boundary=x",
            ] {
                refused(&server, post(&[("content-type", odd)]), 415, "BAD_REQUEST").await;
            }
            refused(
                &server,
                post(&[("content-type", "application/json"), ("content-encoding", "gzip")]),
                415,
                "BAD_REQUEST",
            )
            .await;
            let answer = answer(post(&[("content-type", "Application/JSON; charset=UTF-8")])).await;
            assert_eq!(answer.body, json!({ "data": { "ok": 1 } }));
        }),
    ]
}

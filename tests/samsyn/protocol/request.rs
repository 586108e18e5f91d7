//! What a well-meaning client meets: methods, ids, refusals, errors with codes, health.

use futures_util::StreamExt;
use libtest_mimic::Trial;
use samsyn::graphql::{limits::Limits, specification::Specification};
use serde_json::{Value, json};

use super::{
    schema,
    server::{self, answer},
};

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        server::trial("request::every_answer_has_an_id_of_its_own", async |server| {
            let mut ids = Vec::new();
            for path in ["/graphql?query={ok}", "/nowhere", "/health/live"] {
                let answer = answer(server.get(path).header("x-request-id", "mine")).await;
                ids.push(answer.headers["x-request-id"].to_str().expect("text").to_owned());
            }
            assert!(
                ids.iter().all(|id| id.len() == 36 && id.as_bytes()[14] == b'7'),
                "{ids:?}"
            );
            assert!(ids[0] != ids[1] && ids[1] != ids[2]);
        }),
        server::trial("request::health", async |server| {
            let live = answer(server.get("/health/live")).await;
            assert_eq!((live.status.as_u16(), live.body), (200, json!({ "status": "live" })));
            let ready = answer(server.get("/health/ready")).await;
            assert_eq!(
                (ready.status.as_u16(), ready.body),
                (503, json!({ "status": "unavailable" }))
            );
        }),
        server::trial("request::nowhere_is_answered_as_json", async |server| {
            let answer = answer(server.get("/nowhere")).await;
            assert_eq!((answer.status.as_u16(), answer.code()), (404, "BAD_REQUEST"));
        }),
        server::trial("request::get_executes_queries_only", async |server| {
            let get = |query: &str| server.get(&format!("/graphql?query={}", query.replace(' ', "%20")));
            assert_eq!(answer(get("{ ok }")).await.body, json!({ "data": { "ok": 1 } }));
            let refused = answer(get("mutation { a }")).await;
            assert_eq!(
                (refused.status.as_u16(), &refused.headers["allow"]),
                (405, &"POST".parse().expect("a value"))
            );
            let refused = answer(reqwest::Client::new().put(server.url("/graphql"))).await;
            assert_eq!(
                (refused.status.as_u16(), &refused.headers["allow"]),
                (405, &"GET, POST".parse().expect("a value"))
            );
            let refused = answer(get("{ ok }").header("accept", "text/html")).await;
            assert_eq!((refused.status.as_u16(), refused.code()), (406, "BAD_REQUEST"));
        }),
        server::trial("request::a_refused_caller_is_told_how_to_sign_in", async |server| {
            let body = json!({ "query": "{ ok }" }).to_string();
            let refused = answer(server.post().body(body).header("authorization", "Bearer wrong")).await;
            assert_eq!((refused.status.as_u16(), refused.code()), (401, "UNAUTHENTICATED"));
            assert_eq!(refused.headers["www-authenticate"], "Bearer");
        }),
        server::trial("request::what_takes_too_long_is_stopped", async |server| {
            let stopped = server.query("{ slow }", json!({})).await;
            assert_eq!((stopped.status.as_u16(), stopped.code()), (503, "TIMEOUT"));
            server.still_answers().await;
        }),
        server::trial("request::errors_have_codes", async |server| {
            for (query, status, code) in [
                ("{ forbidden }", 200, "FORBIDDEN"),
                ("{ nn { guardedNullable } }", 200, "FORBIDDEN"),
                ("{ failRootNullable }", 200, "INTERNAL"),
                ("{ nowhere }", 400, "BAD_REQUEST"),
                ("{ ", 400, "BAD_REQUEST"),
                ("query A { ok } query B { ok }", 400, "BAD_REQUEST"),
                ("subscription { ok }", 400, "BAD_REQUEST"),
            ] {
                let answer = server.query(query, json!({})).await;
                assert_eq!(
                    (answer.status.as_u16(), answer.code()),
                    (status, code),
                    "{query}: {}",
                    answer.body
                );
                assert_eq!(
                    answer.body.get("data").is_some(),
                    status == 200,
                    "{query}: {}",
                    answer.body
                );
            }
        }),
        server::trial("request::a_handler_that_panics_is_answered", async |server| {
            let answer = answer(server.get("/panics")).await;
            assert_eq!((answer.status.as_u16(), answer.code()), (500, "INTERNAL"));
            assert_eq!(
                answer.body["errors"][0]["extensions"]["requestId"],
                *answer.headers["x-request-id"].to_str().expect("text")
            );
            server.still_answers().await;
        }),
        Trial::test("protocol::request::streams_keep_the_same_rules", || {
            let schema = Specification::new(Limits::default()).install(schema::build()).finish();
            let runtime = tokio::runtime::Builder::new_current_thread().build()?;
            for (query, code) in [
                ("{ nowhere }".to_owned(), "BAD_REQUEST"),
                ("{ maybe(value: \"1\") }".to_owned(), "BAD_REQUEST"),
                ("{a".repeat(2_000), "LIMIT_EXCEEDED"),
                ("{ failRootNullable }".to_owned(), "INTERNAL"),
            ] {
                let responses: Vec<_> = runtime.block_on(schema.execute_stream(query.as_str()).collect());
                let answer = serde_json::to_value(&responses)?;
                assert_eq!(answer[0]["errors"][0]["extensions"]["code"], code, "{query}: {answer}");
            }
            Ok(())
        }),
        Trial::test("protocol::request::introspection_can_be_switched_off", || {
            let limits = Limits::default();
            let answers = Specification::new(limits.clone()).install(schema::build()).finish();
            let refuses = Specification::new(limits)
                .introspection(false)
                .install(schema::build())
                .finish();
            let runtime = tokio::runtime::Builder::new_current_thread().build()?;
            let run = |schema: &async_graphql::Schema<_, _, _>, query: &str| {
                serde_json::to_value(runtime.block_on(schema.execute(query))).expect("JSON")
            };
            for query in [
                "{ __schema { types { name } } }",
                "{ ...F } fragment F on Query { __type(name: \"Int\") { name } }",
            ] {
                assert_eq!(run(&answers, query).get("errors"), None);
                let refused: Value = run(&refuses, query);
                assert_eq!(refused["errors"][0]["extensions"]["code"], "FORBIDDEN", "{refused}");
            }
            assert_eq!(
                run(&refuses, "{ __typename }")["data"],
                json!({ "__typename": "Query" })
            );
            Ok(())
        }),
        Trial::test("protocol::request::the_schema_documents_the_codes", || {
            let schema = Specification::new(Limits::default()).install(schema::build()).finish();
            assert!(schema.sdl().contains("enum ErrorCode {"), "{}", schema.sdl());
            Ok(())
        }),
    ]
}

//! Bad input gets a clear answer, and the server goes on.

use std::time::{Duration, Instant};

use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::api::{Client, Server};
use crate::harness::{Suite, trials};

pub(crate) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        unknown_fields_and_wrong_types_are_named,
        a_year_out_of_range_is_an_error_and_not_null,
        malformed_ids_are_told_from_unknown_ones,
        bodies_that_are_no_request_are_refused,
        hostile_queries_are_refused_at_once,
        answers_that_would_be_too_large_are_stopped,
        whoever_asks_for_too_much_does_not_keep_others_waiting,
        the_schema_is_told_to_tools,
        internals_do_not_leak,
        the_graphql_over_http_audits_pass,
        health_answers,
        the_page_is_served_without_outside_addresses,
    ]
}

async fn unknown_fields_and_wrong_types_are_named(server: Server) {
    let client = server.user("coordinator").await;
    for (query, variables, says) in [
        ("{ departmentRaport }", json!({}), "departmentRaport"),
        ("{ department(code: 17) { id } }", json!({}), "code"),
        (
            "query($code: String!) { department(code: $code) { id } }",
            json!({}),
            "code",
        ),
        (
            "query($first: Int) { departments(first: $first) { totalCount } }",
            json!({ "first": "many" }),
            "first",
        ),
        (
            "query($filter: FindingFilter) { findings(filter: $filter) { totalCount } }",
            json!({ "filter": { "severity": ["TERRIBLE"] } }),
            "TERRIBLE",
        ),
        (
            "query($filter: FindingFilter) { findings(filter: $filter) { totalCount } }",
            json!({ "filter": { "colour": "red" } }),
            "colour",
        ),
        (
            "query($on: Date) { departments(on: $on) { totalCount } }",
            json!({ "on": "2018-02-30" }),
            "on",
        ),
    ] {
        let (code, message) = client.error(query, variables).await;
        assert_eq!(code, "BAD_REQUEST", "{query}");
        assert!(message.contains(says), "{query}: {message}");
    }
}

async fn a_year_out_of_range_is_an_error_and_not_null(server: Server) {
    let client = server.user("coordinator").await;
    for query in [
        "query($year: Int!) { controlYear(year: $year) { id } }",
        "query($year: Int!) { jointFollowUp(year: $year) { year } }",
        "query($year: Int!) { departmentReport(departmentCode: \"KSF\", year: $year) { id } }",
        "query($year: Int!) { findings(filter: { year: $year }) { totalCount } }",
        "query($year: Int!) { followUps(filter: { year: $year }) { totalCount } }",
    ] {
        for year in [1899, 2201, -1] {
            let (code, message) = client.error(query, json!({ "year": year })).await;
            assert_eq!(code, "BAD_REQUEST", "{query}");
            assert!(message.contains("1900") && message.contains("2200"), "{message}");
        }
    }
    let errors = client
        .refused("createControlYear", json!({ "year": 1899, "ratingBasis": "RESULT" }))
        .await;
    assert_eq!(errors[0]["path"], json!(["year"]));
}

async fn malformed_ids_are_told_from_unknown_ones(server: Server) {
    let client = server.user("coordinator").await;
    let node = "query($id: ID!) { node(id: $id) { id } }";
    for id in ["nonsense", "", "RmluZGluZzox", "Finding:1"] {
        let (code, message) = client.error(node, json!({ "id": id })).await;
        assert_eq!(code, "BAD_REQUEST", "{id}");
        assert!(message.contains("not an id"), "{message}");
    }
    let administrator = server.user("administrator").await;
    let data = administrator
        .data("{ department(code: \"KSF\") { id } }", json!({}))
        .await;
    let other_kind = json!({ "id": data["department"]["id"], "expectedVersion": 1, "name": "x" });
    let errors = administrator.refused("updateUser", other_kind).await;
    assert_eq!(
        (&errors[0]["code"], &errors[0]["path"]),
        (&json!("INVALID"), &json!(["id"]))
    );
    assert!(
        errors[0]["message"]
            .as_str()
            .is_some_and(|text| text.contains("Department"))
    );
}

async fn bodies_that_are_no_request_are_refused(server: Server) {
    for (body, content_type, status) in [
        ("not json".to_owned(), "application/json", 400),
        ("[]".to_owned(), "application/json", 400),
        ("{}".to_owned(), "application/json", 400),
        ("{ __typename }".to_owned(), "text/plain", 415),
        (
            format!("{{\"query\": \"{}\"}}", " ".repeat(9 << 20)),
            "application/json",
            413,
        ),
    ] {
        let request = server
            .http()
            .post(server.url("/graphql"))
            .header("content-type", content_type)
            .body(body);
        let response = request.send().await.expect("an answer");
        assert_eq!(response.status(), status);
        let answer: Json = response.json().await.expect("JSON");
        assert!(answer["errors"][0]["message"].is_string());
    }
    let client = server.user("coordinator").await;
    client.data("{ __typename }", json!({})).await;
}

async fn hostile_queries_are_refused_at_once(server: Server) {
    let nested = format!("{}id{}", "{ parent ".repeat(1000), "}".repeat(1000));
    let aliases: String = (0..20_000).map(|number| format!("a{number}: __typename ")).collect();
    let fragments: String = (0..22)
        .map(|number| format!("fragment F{number} on Query {{ ...F{0} ...F{0} }} ", number + 1))
        .collect();
    let pages =
        "{ departments(first: 100) { nodes { committees { departments { committees { departments { id } } } } } } }";
    let deep_pages = "{ findings(first: 100) { nodes { followUp { point { followUps { findings { id } } } } } }
        a: followUps(first: 100) { nodes { id findings { id actions { id } } checks { id } reviews { id findings { id } } } }
        b: followUps(first: 100) { nodes { id findings { id actions { id } } checks { id } reviews { id findings { id } } } } }";
    for query in [
        format!("{{ department(code: \"KSF\") {nested} }}"),
        format!("{{ {aliases} }}"),
        format!("{{ ...F0 }} {fragments} fragment F22 on Query {{ __typename }}"),
    ] {
        let begun = std::time::Instant::now();
        let (code, _) = server.public().error(&query, json!({})).await;
        assert_eq!(code, "LIMIT_EXCEEDED");
        assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
    }
    // Ordinary breadth is no attack.
    server.public().ask(pages, json!({})).await;
    server.public().ask(deep_pages, json!({})).await;
    server.public().data("{ __typename }", json!({})).await;
}

/// What graphql-js, and so GraphiQL, asks for the schema.
const INTROSPECTION: &str = include_str!("introspection.graphql");

/// Small documents whose answers would have no end: lists inside lists that each cost 1.
fn endless() -> Vec<String> {
    let nested = |begin: &str, level: &str, count: usize, inner: &str, end: &str| {
        let closed = "}".repeat(count * level.matches('{').count());
        format!("{begin}{}{inner}{closed}{end}", level.repeat(count))
    };
    let name = "a".repeat(1_000_000);
    vec![
        nested(
            "{__type(name:\"Node\"){",
            "possibleTypes{interfaces{",
            8,
            "__typename a:__typename",
            "}}",
        ),
        nested("{findings{nodes{", "followUp{findings{", 11, "id", "}}}"),
        nested("{controlPoints{nodes{", "followUps{point{", 11, "id", "}}}"),
        nested(
            "{departmentReport(departmentCode:\"KSF\",year:2017){",
            "followUps{department{report(year:2017){",
            7,
            &format!(
                "followUps{{{}}}",
                (0..50).map(|number| format!("a{number}:id ")).collect::<String>()
            ),
            "}}",
        ),
        // As long a name as fits into a body, once for each type.
        format!("{{__schema{{types{{{name}:name}}}}}}"),
        format!("{{__schema{{types{{{name}:__typename}}}}}}"),
    ]
}

async fn is_stopped(client: &Client, query: &str) {
    let begun = Instant::now();
    let answer = client.ask(query, json!({})).await;
    let start = &query[..query.len().min(40)];
    // A debug build, next to other tests; without the limit no time is enough.
    assert!(
        begun.elapsed() < Duration::from_secs(20),
        "{start}: {:?}",
        begun.elapsed()
    );
    let text = answer.to_string();
    assert!(text.len() < 10_000, "{start}: {} bytes", text.len());
    assert_eq!(answer["errors"].as_array().map(Vec::len), Some(1), "{start}: {text}");
    assert_eq!(
        answer["errors"][0]["extensions"]["code"], "LIMIT_EXCEEDED",
        "{start}: {text}"
    );
    // None where it is refused by its complexity, before it is executed; null where it is stopped while it is.
    assert!(answer["data"].is_null(), "{start}: {text}");
}

async fn answers_that_would_be_too_large_are_stopped(server: Server) {
    let (public, auditor) = (server.public(), server.user("auditor").await);
    for query in endless() {
        is_stopped(&auditor, &query).await;
        // Of the municipality, the public may see so little that the answer ends.
        if query.contains("__") {
            is_stopped(&public, &query).await;
        }
        public.data("{ findings { nodes { id } } }", json!({})).await;
    }
}

async fn whoever_asks_for_too_much_does_not_keep_others_waiting(server: Server) {
    let attacks: Vec<_> = (0..3)
        .map(|_| {
            let client = server.public();
            let query = endless().swap_remove(0);
            tokio::spawn(async move {
                loop {
                    client.ask(&query, json!({})).await;
                }
            })
        })
        .collect();
    let client = server.user("auditor").await;
    for _ in 0..5 {
        tokio::time::sleep(Duration::from_millis(200)).await;
        let begun = Instant::now();
        client.data("{ findings { nodes { id } } }", json!({})).await;
        assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    }
    for attack in attacks {
        attack.abort();
    }
}

async fn the_schema_is_told_to_tools(server: Server) {
    let data = server.public().data(INTROSPECTION, json!({})).await;
    assert!(
        data["__schema"]["types"]
            .as_array()
            .is_some_and(|types| types.len() > 100)
    );
}

async fn internals_do_not_leak(server: Server) {
    let client = server.user("coordinator").await;
    server.database().close().await;
    let answer = client.ask("{ municipality { id } }", json!({})).await;
    let error = &answer["errors"][0];
    let code = error["extensions"]["code"].as_str().unwrap_or_default();
    assert!(["UNAVAILABLE", "INTERNAL"].contains(&code), "{answer:#}");
    let text = answer.to_string().to_lowercase();
    for internal in ["sqlx", "select ", "pool", "samsyn.db", "panicked"] {
        assert!(!text.contains(internal), "{answer:#}");
    }
    let ready = server
        .http()
        .get(server.url("/health/ready"))
        .send()
        .await
        .expect("an answer");
    assert_eq!(ready.status(), 503);
}

async fn the_graphql_over_http_audits_pass(server: Server) {
    let url = server.url("/graphql");
    tokio::task::spawn_blocking(move || crate::protocol::http_audit::assert_passes_all(&url))
        .await
        .expect("61 audits");
}

async fn health_answers(server: Server) {
    for path in ["/health/live", "/health/ready"] {
        let response = server.http().get(server.url(path)).send().await.expect("an answer");
        assert_eq!(response.status(), 200, "{path}");
    }
}

async fn the_page_is_served_without_outside_addresses(server: Server) {
    let response = server
        .http()
        .get(server.url("/graphiql"))
        .send()
        .await
        .expect("an answer");
    assert_eq!(response.status(), 200);
    let policy = response.headers()["content-security-policy"]
        .to_str()
        .expect("text")
        .to_owned();
    assert!(
        policy.contains("default-src 'none'") && !policy.contains("http"),
        "{policy}"
    );
    let page = response.text().await.expect("text");
    assert!(!page.contains("https://") && !page.contains("http://"), "{page}");
}

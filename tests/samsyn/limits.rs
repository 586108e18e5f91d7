//! What one request and one client may ask for, as the documentation says it.

use std::collections::{BTreeMap, VecDeque};
use std::num::NonZeroU32;

use async_graphql::Request;
use libtest_mimic::{Failed, Trial};
use samsyn::graphql::limits::{Budgets, Limits};
use samsyn::schema::{self, Schema};
use samsyn::server::{DEFAULT_BUDGET, DEFAULT_RESTORED, STACK_BYTES};
use serde_json::{Value as Json, json};
use tokio::runtime::Builder;

use crate::api::Server;
use crate::harness::{Suite, trials};

pub(crate) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    let mut trials = vec![
        Trial::test("limits::the_documentation_has_each_of_them", documented),
        Trial::test("limits::every_list_of_objects_costs_its_expected_size", lists),
    ];
    trials.extend(trials![
        suite,
        a_budget_is_told_and_kept,
        the_schema_is_hidden_from_the_public_where_the_operator_says_so,
    ]);
    trials
}

const DOCUMENTATION: &str = include_str!("../../docs/api.md");

/// Each row of the table of limits: what is limited, and its default.
fn documented() -> Result<(), Failed> {
    let Limits {
        body_bytes,
        body_time,
        execution_time,
        nesting,
        tokens,
        word_bytes,
        text_bytes,
        depth,
        description_lists,
        selections,
        aliases,
        directives,
        variable_values,
        complexity,
        results,
        executions,
    } = Limits::default();
    let seconds = |time: std::time::Duration| format!("{} s", time.as_secs());
    let number = |number: usize| {
        let text = number.to_string();
        let grouped: Vec<&[u8]> = text.as_bytes().rchunks(3).rev().collect();
        grouped
            .iter()
            .map(|part| String::from_utf8_lossy(part))
            .collect::<Vec<_>>()
            .join(",")
    };
    let budget = |points: NonZeroU32| number(points.get() as usize);
    let rows = [
        ("body", format!("{} MiB", body_bytes / (1 << 20))),
        ("the body's arrival", seconds(body_time)),
        ("execution time", seconds(execution_time)),
        ("brackets inside one another", number(nesting)),
        ("tokens", number(tokens)),
        ("bytes in a name or number", number(word_bytes)),
        ("bytes in a text in the document", number(text_bytes)),
        ("selections inside one another, fragments written out", number(depth)),
        (
            "lists of the schema's description inside one another",
            number(description_lists),
        ),
        ("selections, fragments written out", number(selections)),
        ("aliases", number(aliases)),
        ("directives", number(directives)),
        ("values in variables", number(variable_values)),
        ("complexity", number(complexity)),
        ("fields and list items in the answer", number(results)),
        ("operations executed at once", number(executions)),
        ("a client's budget of complexity", budget(DEFAULT_BUDGET)),
        ("restored of it every second", budget(DEFAULT_RESTORED)),
    ];
    let missing: Vec<String> = rows
        .iter()
        .map(|(limit, default)| format!("| {limit} | {default} |"))
        .filter(|row| !DOCUMENTATION.contains(row.as_str()))
        .collect();
    if missing.is_empty() {
        Ok(())
    } else {
        Err(format!("docs/api.md lacks, or has otherwise:\n{}", missing.join("\n")).into())
    }
}

/// Walks the schema: below every list of objects, what is selected counts for each item that is expected.
fn lists() -> Result<(), Failed> {
    let runtime = Builder::new_multi_thread().thread_stack_size(STACK_BYTES).build()?;
    let cheap = runtime.block_on(runtime.spawn(cheap_lists()))?;
    if cheap.is_empty() {
        Ok(())
    } else {
        Err(format!("these lists cost no more than one object:\n{}", cheap.join("\n")).into())
    }
}

const TYPES: &str = "{ __schema { types { kind name possibleTypes { name } enumValues { name }
    fields { name args { name type { ...T } } type { ...T } } } } }
    fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }";

async fn cheap_lists() -> Vec<String> {
    let limits = Limits {
        complexity: usize::MAX,
        depth: 60,
        nesting: 60,
        ..Limits::default()
    };
    let schema = schema::build(&limits);
    let answer = schema.execute(TYPES).await.data.into_json().expect("JSON");
    let list = |json: &Json| json.as_array().cloned().unwrap_or_default();
    let types: BTreeMap<String, Json> = list(&answer["__schema"]["types"])
        .into_iter()
        .map(|one| (one["name"].as_str().expect("a name").to_owned(), one))
        .collect();
    let (mut cheap, mut seen) = (Vec::new(), 0);
    // How each type is reached: what is written before it, and how often it has to be closed.
    let mut known = BTreeMap::from([("Query".to_owned(), (String::new(), 0))]);
    let mut waiting = VecDeque::from(["Query".to_owned()]);
    while let Some(name) = waiting.pop_front() {
        let (before, closed) = known[&name].clone();
        let query = |selected: &str| format!("{before} {{ {selected} }}{}", " }".repeat(closed));
        // What one more field costs here, and so the least that it costs below one object.
        let one_more =
            cost(&schema, &query("__typename two: __typename")).await - cost(&schema, &query("__typename")).await;
        let mut reach = |name: String, before: String| {
            known.entry(name.clone()).or_insert_with(|| {
                waiting.push_back(name);
                (before, closed + 1)
            });
        };
        for possible in list(&types[&name]["possibleTypes"]) {
            let possible = possible["name"].as_str().expect("a name");
            reach(possible.to_owned(), format!("{before} {{ ... on {possible}"));
        }
        for field in list(&types[&name]["fields"]) {
            let (kind, inner, is_list) = named(&field["type"]);
            if !["OBJECT", "INTERFACE", "UNION"].contains(&kind.as_str()) {
                continue;
            }
            let field = format!(
                "{}{}",
                field["name"].as_str().expect("a name"),
                arguments(&field, &types)
            );
            if is_list {
                seen += 1;
                let one = cost(&schema, &query(&format!("{field} {{ __typename }}"))).await;
                let two = cost(&schema, &query(&format!("{field} {{ __typename two: __typename }}"))).await;
                if two - one < 2 * one_more {
                    cheap.push(format!("{name}.{field}"));
                }
            }
            reach(inner, format!("{before} {{ {field}"));
        }
    }
    assert!(seen > 60, "{seen} lists");
    cheap
}

/// The kind and name at the bottom of a type, and whether it is a list.
fn named(of: &Json) -> (String, String, bool) {
    let (mut at, mut is_list) = (of, false);
    while !at["ofType"].is_null() {
        is_list |= at["kind"] == "LIST";
        at = &at["ofType"];
    }
    let text = |json: &Json| json.as_str().unwrap_or_default().to_owned();
    (text(&at["kind"]), text(&at["name"]), is_list)
}

/// Values for the arguments that have to be given. Nothing is executed with them: only the cost counts.
fn arguments(field: &Json, types: &BTreeMap<String, Json>) -> String {
    let given: Vec<String> = field["args"]
        .as_array()
        .expect("arguments")
        .iter()
        .filter(|argument| argument["type"]["kind"] == "NON_NULL")
        .map(|argument| {
            let (kind, name, is_list) = named(&argument["type"]);
            let value = match (kind.as_str(), name.as_str()) {
                ("ENUM", _) => types[&name]["enumValues"][0]["name"]
                    .as_str()
                    .expect("a value")
                    .to_owned(),
                (_, "Int") => "1".to_owned(),
                (_, "Date") => "\"2018-02-15\"".to_owned(),
                _ => "\"x\"".to_owned(),
            };
            let value = if is_list { format!("[{value}]") } else { value };
            format!("{}: {value}", argument["name"].as_str().expect("a name"))
        })
        .collect();
    if given.is_empty() {
        String::new()
    } else {
        format!("({})", given.join(", "))
    }
}

async fn cost(schema: &Schema, query: &str) -> u64 {
    let budgets = Budgets::new(NonZeroU32::MAX, NonZeroU32::MAX);
    let request = Request::new(query).data(budgets.of("anybody".to_owned()));
    let answer = schema.execute(request).await;
    let cost = answer.extensions.get("cost").cloned();
    let cost = cost.unwrap_or_else(|| panic!("{query}: {:?}", answer.errors));
    cost.into_json().expect("JSON")["requested"].as_u64().expect("a number")
}

async fn a_budget_is_told_and_kept(server: Server) {
    let small = server
        .signing_in(|sign_in| {
            let points = NonZeroU32::new(100).expect("a number");
            sign_in.with_budgets(Budgets::new(points, NonZeroU32::MIN))
        })
        .await;
    let query = "{ findings(first: 20) { nodes { id } } }";
    let head = small.user("head-ksf").await;
    let answer = head.ask(query, json!({})).await;
    let cost = &answer["extensions"]["cost"];
    assert_eq!(cost["requested"], 41, "{answer}");
    assert_eq!(
        (&cost["left"], &cost["budget"], &cost["restoredPerSecond"]),
        (&json!(59), &json!(100), &json!(1))
    );
    head.data(query, json!({})).await;
    let token = small
        .token(crate::api::MJOLBY, "head-ksf", chrono::TimeDelta::hours(1))
        .await;
    let request = small.http().post(small.url("/graphql")).bearer_auth(token);
    let answer = request
        .json(&json!({ "query": query }))
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.status(), 429);
    let wait: u64 = answer.headers()["retry-after"]
        .to_str()
        .expect("text")
        .parse()
        .expect("seconds");
    assert!((20..=23).contains(&wait), "{wait} s for 23 points");
    let body: Json = answer.json().await.expect("JSON");
    assert_eq!(body["errors"][0]["extensions"]["code"], "RATE_LIMITED");
    assert_eq!(body["errors"][0]["extensions"]["retryAfter"], wait);
    assert!(body.get("data").is_none(), "{body}");
    // Others have their own.
    small.user("head-utb").await.data(query, json!({})).await;
    small.public().data(query, json!({})).await;
    // What no budget holds will not be there later either.
    let (code, message) = small
        .user("coordinator")
        .await
        .error("{ findings(first: 100) { nodes { id } } }", json!({}))
        .await;
    assert_eq!(code, "LIMIT_EXCEEDED", "{message}");
}

async fn the_schema_is_hidden_from_the_public_where_the_operator_says_so(server: Server) {
    let hiding = server
        .signing_in(|sign_in| sign_in.with_public_introspection(false))
        .await;
    let (public, head) = (hiding.public(), hiding.user("head-ksf").await);
    for query in [
        "{ __schema { types { name } } }",
        "{ __type(name: \"Query\") { name } }",
    ] {
        let (code, _) = public.error(query, json!({})).await;
        assert_eq!(code, "FORBIDDEN", "{query}");
        head.data(query, json!({})).await;
    }
    let made_up = hiding.with_token(format!("samsyn_sa_{}", "A".repeat(64)));
    let (code, _) = made_up.error("{ __schema { types { name } } }", json!({})).await;
    assert_eq!(code, "UNAUTHENTICATED");
    let misspelt = "{ finding { totalCount } }";
    let (_, message) = head.error(misspelt, json!({})).await;
    assert!(message.contains("Did you mean"), "{message}");
    let (_, message) = public.error(misspelt, json!({})).await;
    assert!(!message.contains("findings"), "{message}");
    public.data("{ __typename findings { totalCount } }", json!({})).await;
}

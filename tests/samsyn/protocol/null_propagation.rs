//! What is null in an answer when a field fails (GraphQL specification, section 6.4.4), compared with graphql-js.

use libtest_mimic::{Failed, Trial};
use samsyn::graphql::{limits::Limits, specification::Specification};
use serde_json::{Value, json};

use super::{node, schema};

const QUERIES: [&str; 32] = [
    "{ ok nullable { ok failNn } }",
    "{ ok nullable { ok child { ok failNn } } }",
    "{ nn { ok failNn } }",
    "{ nn { ok failNullable } }",
    "{ nn { ok failNullableObj { ok } } }",
    "{ nn { ok failInner } }",
    "{ ok nullable { failNn } }",
    "{ ok nn { ok childNullable { failNn ok } } }",
    "{ ok listNullableItems { ok failNn } }",
    "{ ok listNullableItems { ok child { failNn } } }",
    "{ ok listNnItems { ok failNn } }",
    "{ ok listAllNn { ok failNn } }",
    "{ nn { scalarListNullable } }",
    "{ nn { scalarListNn } }",
    "{ ok failRootNn }",
    "{ ok failRootNullable }",
    "{ ok failNn { ok } }",
    "{ ok nullable { ok guardedNn } }",
    "{ ok nullable { ok guardedNullable } }",
    "{ nullable { failNn failNnLater } }",
    "{ nullable { failNullable failNn } }",
    "{ nn { a: failNullable b: failNullable ok } }",
    "{ ok simple { id failNn } }",
    "{ ok node { id ... on Named { name failNn } } }",
    "{ ok either { ... on Named { name failNn } } }",
    "query { ok nullable { ...F } } fragment F on Thing { ok failNn }",
    "{ ok nullable { ... { ok failNn } } }",
    "{ nullable { ok } nullable { child { ok } } }",
    "{ listAllNn { ok } listAllNn { child { ok } } }",
    "mutation { a failNn third }",
    "mutation { a failNullable third }",
    "mutation { a nullable { failNn } third }",
];

pub(crate) fn trials() -> Vec<Trial> {
    vec![Trial::test("protocol::null_propagation::is_as_in_graphql_js", compare)]
}

fn compare() -> Result<(), Failed> {
    let schema = Specification::new(Limits::default()).install(schema::build()).finish();
    let requests: Vec<Value> = QUERIES.iter().map(|query| json!({ "query": query })).collect();
    let reference = node::run(
        "reference.mjs",
        "",
        &json!({ "sdl": schema.sdl(), "requests": requests }),
    );
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    for (index, query) in QUERIES.iter().enumerate() {
        let ours = serde_json::to_value(runtime.block_on(schema.execute(*query)))?;
        let theirs = &reference[index];
        assert_eq!(ours["data"], theirs["data"], "data of {query}");
        assert_eq!(paths(&ours), paths(theirs), "paths of the errors of {query}");
        assert!(!ours.to_string().contains("secret"), "{query} tells internals: {ours}");
    }
    Ok(())
}

fn paths(response: &Value) -> Vec<String> {
    let errors = response["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut paths: Vec<String> = errors.iter().map(|error| error["path"].to_string()).collect();
    paths.sort();
    paths
}

//! Variables and arguments (GraphQL specification, sections 6.1.2 and 6.4.1), compared with graphql-js.

use libtest_mimic::{Failed, Trial};
use samsyn::graphql::{limits::Limits, specification::Specification};
use serde_json::{Value, json};

use super::{node, schema};

/// Operations, and variables for each.
fn requests() -> Vec<(&'static str, Vec<Value>)> {
    let long = "x".repeat(1_000);
    vec![
        (
            "query($x: ID!) { echo(id: $x) }",
            vec![json!(null), json!("a"), json!(1), json!(1.5), json!(true), json!({})],
        ),
        (
            "query($x: Int!) { echo(int: $x) }",
            vec![json!(null), json!(1), json!("1"), json!("abc")],
        ),
        (
            "query($x: Int) { echo(int: $x) }",
            vec![
                json!(null),
                json!(1.5),
                json!(1.0),
                json!(2_147_483_647),
                json!(-2_147_483_648_i64),
                json!(2_147_483_648_i64),
                json!(3_000_000_000_i64),
                json!(1e100),
                json!([1]),
                json!(long),
            ],
        ),
        ("query($x: Int) { ok echo }", vec![json!("abc")]),
        (
            "query($x: Float) { echo(float: $x) }",
            vec![json!(1), json!(1.5), json!("1.5"), json!(true)],
        ),
        (
            "query($x: String) { echo(string: $x) }",
            vec![json!(1), json!("1"), json!(["1"])],
        ),
        (
            "query($x: Boolean) { echo(boolean: $x) }",
            vec![json!("true"), json!(true), json!(1)],
        ),
        (
            "query($x: Color!) { echo(color: $x) }",
            vec![json!("RED"), json!("PINK"), json!("red"), json!(1), json!(null)],
        ),
        (
            "query($x: [Int!]) { echo(ints: $x) }",
            vec![
                json!(3),
                json!([3]),
                json!([]),
                json!([null]),
                json!([1, "2"]),
                json!(null),
                json!([[1]]),
            ],
        ),
        (
            "query($x: [[Int!]!]) { echo(matrix: $x) }",
            vec![json!(1), json!([[1], [2]]), json!([1, 2]), json!([[null]])],
        ),
        (
            "query($x: By!) { by(by: $x) }",
            vec![
                json!({ "id": 1, "name": "x" }),
                json!({ "id": null }),
                json!({ "id": "1" }),
                json!({ "name": "x" }),
                json!({}),
                json!({ "other": 1 }),
                json!("id"),
            ],
        ),
        (
            "query($x: Filter!) { filter(filter: $x) }",
            vec![
                json!({}),
                json!({ "year": 2017 }),
                json!({ "year": null }),
                json!({ "year": 2017, "unknown": 1 }),
                json!({ "year": 2017, "note": null }),
                json!({ "year": 2017, "note": "n", "depth": 4 }),
                json!({ "year": 2017, "depth": null }),
                json!({ "year": 2017, "colors": ["RED", "GREEN"] }),
                json!({ "year": 2017, "colors": "RED" }),
                json!({ "year": 2017, "colors": ["RED", "PINK"] }),
                json!({ "year": 2017, "ranges": [{ "from": 1 }, { "from": 2, "to": 3 }] }),
                json!({ "year": 2017, "ranges": [{ "from": 1 }, { "to": 3 }] }),
                json!({ "year": 2017, "ranges": { "from": 1 } }),
                json!([]),
            ],
        ),
        (
            "query($x: Int!) { filter(filter: { year: $x }) }",
            vec![json!(1), json!(null), json!("1")],
        ),
        (
            "query($x: String) { filter(filter: { year: 1, note: $x }) }",
            vec![json!(null), json!("n")],
        ),
        ("query($x: Int) { maybe(value: $x) }", vec![json!(1), json!(null)]),
        ("query($x: Int = 7) { maybe(value: $x) }", vec![json!(1), json!(null)]),
        ("query($x: Int! = 7) { maybe(value: $x) }", vec![json!(1), json!(null)]),
        ("query($x: Int) { page(first: $x) }", vec![json!(1), json!(null)]),
        ("query($x: Int!) { defaulted(value: $x) }", vec![json!(1), json!(null)]),
        (
            "query($x: Boolean = true) { ok maybe @include(if: $x) }",
            vec![json!(false), json!(null)],
        ),
        (
            "query($x: Boolean = false) { ok maybe @skip(if: $x) }",
            vec![json!(true)],
        ),
        ("query($x: Nope) { ok echo(int: $x) }", vec![json!(1)]),
        ("query($x: Thing) { ok }", vec![json!(1)]),
        ("query($x: Int = \"a\") { maybe(value: $x) }", vec![json!(1)]),
        ("query($x: String) { maybe(value: $x) }", vec![json!("1")]),
        ("query($x: Int) { filter(filter: { year: $x }) }", vec![json!(1)]),
        ("query A { ok } query B { ok }", vec![]),
        (
            "query A($x: Int) { maybe(value: $x) ...F } fragment F on Query { other: maybe(value: $x) }",
            vec![json!(1)],
        ),
        ("query($x: Int, $y: Int) { maybe(value: $x) }", vec![json!(1)]),
        (
            "query($x: Int) { nn { ok } maybe(value: $x, unknown: $x) }",
            vec![json!(1)],
        ),
        ("query($x: ID!) { by(by: { id: $x }) }", vec![json!("1")]),
        ("query($x: [Int!]!) { echo(ints: $x) }", vec![json!([1])]),
        ("query($x: [Int]) { echo(ints: $x) }", vec![json!([1])]),
        ("query($x: Int!) { echo(ints: [1, $x]) }", vec![json!(2)]),
        ("query($x: Int) { echo(ints: [1, $x]) }", vec![json!(2)]),
        ("query($x: Int) { ok @skip(if: $x) }", vec![json!(1)]),
        (
            "query($x: Int) { ...F } fragment F on Query { echo(string: $x) }",
            vec![json!(1)],
        ),
        ("query($x: Int) { defaulted(value: $x) }", vec![json!(1)]),
        ("{ maybe }", vec![]),
        ("{ maybe(value: null) }", vec![]),
        ("{ maybe(value: \"1\") }", vec![]),
        ("{ defaulted }", vec![]),
        ("{ echo(color: PINK) }", vec![]),
        ("{ echo(color: \"RED\") }", vec![]),
        ("{ echo(int: 3000000000) }", vec![]),
        ("", vec![]),
        ("   # nothing", vec![]),
    ]
}

/// Each operation also without any variable.
fn cases() -> Vec<Value> {
    let case = |query: &str, variables: Value| json!({ "query": query, "variables": variables });
    requests()
        .into_iter()
        .flat_map(|(query, values)| {
            let given = values.into_iter().map(move |value| case(query, json!({ "x": value })));
            std::iter::once(case(query, json!({}))).chain(given)
        })
        .collect()
}

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("protocol::coercion::is_as_in_graphql_js", compare),
        Trial::test("protocol::coercion::messages_name_the_place", messages),
        Trial::test(
            "protocol::coercion::the_one_field_of_a_one_of_takes_no_nullable_variable",
            one_of,
        ),
    ]
}

fn compare() -> Result<(), Failed> {
    let schema = Specification::new(Limits::default()).install(schema::build()).finish();
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let cases = cases();
    let reference = node::run("reference.mjs", "", &json!({ "sdl": schema.sdl(), "requests": cases }));
    let mut different = Vec::new();
    for (case, theirs) in cases.iter().zip(reference.as_array().expect("a list of answers")) {
        let request: async_graphql::Request = serde_json::from_value(case.clone())?;
        let ours = serde_json::to_value(runtime.block_on(schema.execute(request)))?;
        let refused = |answer: &Value| !answer["errors"].is_null();
        let same = if refused(theirs) {
            refused(&ours)
        } else {
            parsed(&ours["data"]) == parsed(&theirs["data"])
        };
        if !same {
            different.push(format!("{case}\n  ours   {ours}\n  theirs {theirs}"));
        }
        for error in ours["errors"].as_array().map(Vec::as_slice).unwrap_or_default() {
            assert_eq!(error["extensions"]["code"], "BAD_REQUEST", "{case}: {error}");
        }
    }
    assert!(
        different.is_empty(),
        "{} of {} differ:\n{}",
        different.len(),
        cases.len(),
        different.join("\n")
    );
    Ok(())
}

/// The fields of the test schema answer JSON in a string: the order of its keys does not matter, nor whether a number
/// is written 1 or 1.0.
fn parsed(data: &Value) -> Value {
    match data {
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| (name.clone(), parsed(value)))
            .collect(),
        Value::Array(items) => items.iter().map(parsed).collect(),
        Value::Number(number) => json!(number.as_f64()),
        Value::String(text) => serde_json::from_str(text).map_or_else(|_| data.clone(), |value| parsed(&value)),
        other => other.clone(),
    }
}

fn messages() -> Result<(), Failed> {
    let schema = Specification::new(Limits::default()).install(schema::build()).finish();
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let message = |query: &str, variables: Value| {
        let request = async_graphql::Request::new(query).variables(async_graphql::Variables::from_json(variables));
        let errors = runtime.block_on(schema.execute(request)).errors;
        errors.into_iter().map(|error| error.message).collect::<Vec<_>>()
    };
    let filter = |value: Value| message("query($x: Filter!) { filter(filter: $x) }", json!({ "x": value }));
    assert_eq!(
        filter(json!({ "year": 1, "ranges": [{ "from": 1 }, { "from": 1.5 }] })),
        ["Variable \"$x.ranges[1].from\": expected a whole number of 32 bits (\"Int\"), found 1.5."]
    );
    assert_eq!(
        filter(json!({ "year": 1, "ranges": [{}] })),
        ["Variable \"$x.ranges[0].from\": a value of type \"Int!\" is required, and none was given."]
    );
    assert_eq!(
        filter(json!({ "year": 1, "colors": ["PINK"] })),
        ["Variable \"$x.colors[0]\": expected one of the values of the enum \"Color\", found \"PINK\"."]
    );
    assert_eq!(
        filter(json!({ "year": 1, "yaer": 2 })),
        ["Variable \"$x\": \"Filter\" has no field \"yaer\"."]
    );
    assert_eq!(
        message(
            "query($a: Int!, $b: [Int!]) { echo(int: $a, ints: $b) }",
            json!({ "b": [null] })
        ),
        [
            "Variable \"$a\": a value of type \"Int!\" is required, and none was given.",
            "Variable \"$b[0]\": expected a value of type \"Int!\", found null."
        ]
    );
    Ok(())
}

/// The specification has this rule since September 2025, graphql-js from version 17 on.
fn one_of() -> Result<(), Failed> {
    let schema = Specification::new(Limits::default()).install(schema::build()).finish();
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let request = async_graphql::Request::new("query($x: ID) { by(by: { id: $x }) }")
        .variables(async_graphql::Variables::from_json(json!({ "x": "1" })));
    let errors = runtime.block_on(schema.execute(request)).errors;
    let messages: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    assert_eq!(
        messages,
        ["Variable \"$x\" of type \"ID\" cannot be used where \"ID!\" is expected."]
    );
    Ok(())
}

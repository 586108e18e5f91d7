//! The contract as it is committed: the schema, and the documented operations.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use libtest_mimic::{Failed, Trial};
use samsyn::graphql::limits::Limits;
use samsyn::schema;
use samsyn::server::STACK_BYTES;
use serde_json::Value as Json;
use tokio::runtime::Builder;

use crate::api::Server;
use crate::harness::{Suite, trials};

/// A documented operation.
pub(crate) struct Operation {
    pub(crate) name: String,
    pub(crate) text: String,
}

impl Operation {
    /// What it answers to a user, a subscription in its first event, and how many statements that takes.
    pub(crate) async fn answer(&self, server: &Server, username: &str) -> (Json, u64) {
        let variables = crate::statements::variables(&self.name);
        if self.text.contains("\nsubscription ") {
            return crate::live::first_event(server, username, &self.text, variables).await;
        }
        let client = server.user(username).await;
        let before = server.database().statements();
        let data = client.data(&self.text, variables).await;
        (data, server.database().statements() - before)
    }
}

/// Every file of `schema/operations`.
pub(crate) fn all() -> Vec<Operation> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/operations");
    let mut operations: Vec<Operation> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| {
            let path = entry.expect("a file").path();
            Operation {
                name: path.file_stem().expect("a name").to_string_lossy().into_owned(),
                text: fs::read_to_string(&path).expect("a text"),
            }
        })
        .collect();
    operations.sort_by(|a, b| a.name.cmp(&b.name));
    operations
}

pub(crate) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    let mut trials = vec![
        Trial::test("operations::the_committed_schema_is_the_programs", compare_schema),
        Trial::test("operations::everything_has_a_description", descriptions),
        Trial::test("operations::names_are_those_of_the_contract", names),
    ];
    trials.extend(trials![
        suite,
        each_documented_operation_answers,
        the_schema_is_served_as_a_text
    ]);
    trials
}

/// As the program prints it, with a tag, and to those alone whom it is described to.
async fn the_schema_is_served_as_a_text(server: Server) {
    const PATH: &str = "/schema.graphql";
    let ask = async |server: &Server, headers: &[(&str, &str)]| {
        let mut request = server.http().get(server.url(PATH));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.send().await.expect("an answer")
    };
    let answer = ask(&server, &[]).await;
    let tag = answer.headers()["etag"].to_str().expect("a tag").to_owned();
    assert!(
        answer
            .headers()
            .get_all("vary")
            .iter()
            .any(|vary| vary == "authorization")
    );
    assert_eq!(answer.text().await.expect("a text"), sdl());
    assert_eq!(ask(&server, &[("if-none-match", &tag)]).await.status(), 304);
    let hidden = server
        .signing_in(|sign_in| sign_in.with_public_introspection(false))
        .await;
    assert_eq!(ask(&hidden, &[]).await.status(), 401);
    let bearer = format!("Bearer {}", crate::live::token(&hidden, "auditor").await);
    assert_eq!(ask(&hidden, &[("authorization", &bearer)]).await.status(), 200);
}

pub(crate) fn sdl() -> String {
    schema::sdl(&schema::build(&Limits::default()))
}

fn compare_schema() -> Result<(), Failed> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/schema.graphql");
    let committed = fs::read_to_string(file).unwrap_or_default();
    let program = sdl();
    let differing = committed.lines().zip(program.lines()).position(|(a, b)| a != b);
    if committed == program {
        return Ok(());
    }
    Err(format!(
        "schema/schema.graphql is not what the program prints (first at line {}): \
         run `cargo run -- schema > schema/schema.graphql` and read the difference",
        differing.map_or(committed.lines().count(), |line| line) + 1
    )
    .into())
}

/// Every type, field, argument, input field and enum value is described, the specification's own apart.
fn descriptions() -> Result<(), Failed> {
    const QUERY: &str = "{ __schema { types { name description kind
        fields(includeDeprecated: true) { name description args { name description } }
        inputFields { name description } enumValues(includeDeprecated: true) { name description } } } }";
    let types = introspect(QUERY);
    let mut missing = Vec::new();
    let mut demand = |of: String, item: &Json| {
        if item["description"].as_str().is_none_or(|text| text.trim().is_empty()) {
            missing.push(of);
        }
    };
    for kind in list(&types) {
        let name = text(&kind["name"]);
        if name.starts_with("__") || ["Int", "Float", "String", "Boolean", "ID"].contains(&name.as_str()) {
            continue;
        }
        demand(name.clone(), &kind);
        for part in ["fields", "inputFields", "enumValues"] {
            for item in list(&kind[part]) {
                let of = format!("{name}.{}", text(&item["name"]));
                demand(of.clone(), &item);
                for argument in list(&item["args"]) {
                    demand(format!("{of}({})", text(&argument["name"])), &argument);
                }
            }
        }
    }
    if missing.is_empty() {
        Ok(())
    } else {
        Err(format!("no description: {}", missing.join(", ")).into())
    }
}

/// Each field of the core contract is there with its type and nullability.
fn names() -> Result<(), Failed> {
    const QUERY: &str =
        "{ __schema { types { name fields { name type { ...T ofType { ...T ofType { ...T ofType { ...T } } } } } } } }
        fragment T on __Type { kind name }";
    let mut fields = BTreeSet::new();
    for kind in list(&introspect(QUERY)) {
        for field in list(&kind["fields"]) {
            let (of, name) = (text(&kind["name"]), text(&field["name"]));
            fields.insert(format!("{of}.{name}: {}", written(&field["type"])));
        }
    }
    let contract = include_str!("contract.txt").lines();
    let missing: Vec<&str> = contract
        .filter(|line| !line.is_empty() && !line.starts_with('#') && !fields.contains(*line))
        .collect();
    if missing.is_empty() {
        Ok(())
    } else {
        Err(format!("not in the schema:\n{}", missing.join("\n")).into())
    }
}

/// A type as the schema language writes it.
fn written(of: &Json) -> String {
    match of["kind"].as_str() {
        Some("NON_NULL") => format!("{}!", written(&of["ofType"])),
        Some("LIST") => format!("[{}]", written(&of["ofType"])),
        _ => text(&of["name"]),
    }
}

/// The types that an introspection query answers with.
fn introspect(query: &str) -> Json {
    let runtime = Builder::new_current_thread().build().expect("a runtime");
    // On a thread with the stack that the server's have.
    let ask = move |query: String| runtime.block_on(schema::build(&Limits::default()).execute(query));
    let query = query.to_owned();
    let thread = std::thread::Builder::new()
        .stack_size(STACK_BYTES)
        .spawn(move || ask(query));
    let answer = thread.expect("a thread").join().expect("an answer");
    answer.data.into_json().expect("JSON")["__schema"]["types"].take()
}

fn list(value: &Json) -> Vec<Json> {
    value.as_array().cloned().unwrap_or_default()
}

fn text(value: &Json) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

async fn each_documented_operation_answers(server: Server) {
    for operation in all() {
        let (data, _) = operation.answer(&server, "coordinator").await;
        let answered = data
            .as_object()
            .is_some_and(|fields| fields.values().all(|value| !value.is_null()));
        assert!(answered, "{}: {data:#}", operation.name);
        assert!(
            operation.text.starts_with("# "),
            "{} says what it is for",
            operation.name
        );
    }
    assert_ne!(all().len(), 0);
}

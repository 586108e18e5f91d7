//! The operations that the matrix asks, read from `operations.yaml`.

use std::collections::{BTreeMap, BTreeSet};

use async_graphql::resolver_utils::EnumType;
use samsyn::access::Right;
use samsyn::graphql::NodeKind;
use samsyn::graphql::limits::Limits;
use samsyn::schema;
use serde::Deserialize;
use serde_json::{Value as Json, json};

/// Where a service account has its permission.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Reaches {
    Municipality,
    Committee,
    #[default]
    Department,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    queries: BTreeMap<String, Question>,
    nodes: BTreeMap<String, Question>,
    mutations: BTreeMap<String, Change>,
    subscriptions: BTreeMap<String, Question>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    ask: String,
    shows: Option<String>,
    right: String,
    #[serde(default)]
    of: Reaches,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    by: Vec<String>,
    right: String,
    #[serde(default)]
    of: Reaches,
    input: Json,
}

/// One row of the matrix.
#[derive(Debug)]
pub(super) struct Operation {
    /// Its name in the snapshot.
    pub(super) name: String,
    /// The permission that a service account has for it.
    pub(super) right: Right,
    /// Where it has that.
    pub(super) of: Reaches,
    pub(super) kind: Kind,
}

#[derive(Debug)]
pub(super) enum Kind {
    /// A query's text, and what has to come back.
    Question { text: String, shows: String },
    /// A mutation's text and input, and the roles that may carry it out.
    Change { text: String, input: Json, by: Vec<String> },
}

impl Operation {
    /// Whether it is about something in particular, that can be somewhere else.
    pub(super) fn has_subject(&self) -> bool {
        match &self.kind {
            Kind::Question { text, .. } => text.contains('@') || text.contains('$'),
            Kind::Change { input, .. } => input.to_string().replace("@nowhere", "").contains('@'),
        }
    }
}

fn file() -> File {
    serde_saphyr::from_str(include_str!("operations.yaml")).expect("access_matrix/operations.yaml is well formed")
}

/// Every operation, in the order of the snapshot.
pub(super) fn all() -> Vec<Operation> {
    let file = file();
    let mut all = Vec::new();
    for (name, it) in file.queries {
        let text = format!("{{ {} }}", it.ask);
        all.push(question(format!("query {name}"), text, it));
    }
    for (name, it) in file.nodes {
        let text = format!("{{ node(id: \"@{name}\") {{ id ... on {name} {{ {} }} }} }}", it.ask);
        let shows = Some(name.clone());
        all.push(question(format!("query node/{name}"), text, Question { shows, ..it }));
    }
    for (name, it) in file.subscriptions {
        let text = format!("subscription {{ {} }}", it.ask);
        all.push(question(format!("subscription {name}"), text, it));
    }
    for (name, it) in file.mutations {
        let field = field_of(&name);
        let (first, rest) = field.split_at(1);
        let text = format!(
            "mutation($input: {}{rest}Input!) {{ done: {field}(input: $input) {{ errors {{ code message path }} }} }}",
            first.to_uppercase()
        );
        all.push(Operation {
            name: format!("mutation {name}"),
            right: right(&it.right),
            of: it.of,
            kind: Kind::Change {
                text,
                input: it.input,
                by: it.by,
            },
        });
    }
    all
}

fn question(name: String, text: String, it: Question) -> Operation {
    let shows = it.shows.unwrap_or_else(|| panic!("{name}: say what it `shows`"));
    Operation {
        name,
        right: right(&it.right),
        of: it.of,
        kind: Kind::Question { text, shows },
    }
}

fn right(name: &str) -> Right {
    let found = Right::items().iter().find(|item| item.name == name);
    found.unwrap_or_else(|| panic!("there is no right {name}")).value
}

/// The root field behind `field/variant`.
fn field_of(name: &str) -> &str {
    name.split('/').next().unwrap_or(name)
}

/// That no root field of the schema, and no kind of object, is missing.
pub(super) async fn refuse_gaps() {
    let query = "{ __schema { queryType { fields { name } } mutationType { fields { name } }
        subscriptionType { fields { name } } } }";
    let answer = schema::build(&Limits::default()).execute(query).await;
    let answer = answer.data.into_json().expect("JSON");
    let file = file();
    let sections: [(&str, &str, BTreeSet<&str>); 3] = [
        (
            "queryType",
            "queries",
            file.queries.keys().map(|key| field_of(key)).collect(),
        ),
        (
            "mutationType",
            "mutations",
            file.mutations.keys().map(|key| field_of(key)).collect(),
        ),
        (
            "subscriptionType",
            "subscriptions",
            file.subscriptions.keys().map(|key| field_of(key)).collect(),
        ),
    ];
    let mut missing = Vec::new();
    for (root, section, known) in sections {
        for field in answer["__schema"][root]["fields"].as_array().into_iter().flatten() {
            let name = field["name"].as_str().unwrap_or_default();
            if !known.contains(name) {
                missing.push(format!("{name} under `{section}`"));
            }
        }
    }
    for kind in NodeKind::ALL {
        if !file.nodes.contains_key(kind.name()) {
            missing.push(format!("{} under `nodes`", kind.name()));
        }
    }
    assert!(
        missing.is_empty(),
        "not in the access matrix: {}. Add each to tests/samsyn/access_matrix/operations.yaml, as its neighbours are, \
         and run the tests with SAMSYN_BLESS=1.",
        missing.join(", ")
    );
}

/// The variables of a change.
pub(super) fn variables(input: &Json) -> Json {
    json!({ "input": input })
}

//! What may change in the schema, and where it is told.

use std::fs;
use std::path::Path;

use libtest_mimic::{Failed, Trial};
use samsyn::clock::Clock;
use samsyn::schema::comparison::{Change, Severity, compare, write_changelog};
use samsyn::schema::reference;
use serde_json::json;

use crate::operations::sdl;
use crate::protocol::node;

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test(
            "schema_changes::no_client_of_the_released_schema_fails",
            compare_with_released,
        ),
        Trial::test("schema_changes::the_changelog_tells_them", compare_changelog),
        Trial::test(
            "schema_changes::what_is_breaking_to_graphql_js_is_refused",
            compare_with_reference,
        ),
        Trial::test("schema_changes::the_committed_pages_are_the_programs", compare_pages),
    ]
}

fn read(path: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&file).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What has changed since the schema was released.
fn changes() -> Vec<Change> {
    compare(&read("schema/released.graphql"), &sdl(), Clock::default().today()).expect("two schemas")
}

fn compare_with_released() -> Result<(), Failed> {
    let changes = changes();
    let breaking = changes.iter().filter(|change| change.severity == Severity::Breaking);
    let breaking: Vec<String> = breaking.map(ToString::to_string).collect();
    match breaking.is_empty() {
        true => Ok(()),
        false => Err(breaking.join("\n").into()),
    }
}

fn compare_changelog() -> Result<(), Failed> {
    let changelog = read("CHANGELOG.md");
    if write_changelog(&changelog, &changes())? == changelog {
        return Ok(());
    }
    Err("CHANGELOG.md does not tell what has changed in the schema: run \
         `cargo run -- schema --against schema/released.graphql --changelog CHANGELOG.md`"
        .into())
}

/// Each type with a change that graphql-js calls breaking has a breaking one here.
fn compare_with_reference() -> Result<(), Failed> {
    let released = read("schema/released.graphql");
    let mutations = [
        ("\tdepartment(\n", "\tdivision(\n"),
        ("\tSHARED\n", "\tJOINT\n"),
        ("\tdueOn: Date\n", "\tdueOn: DateTime\n"),
        ("\texpectedVersion: Int!\n", "\texpectedVersion: Int!\n\twhy: String!\n"),
        ("type Municipality implements Node {", "type Municipality {"),
        ("scalar DateTime\n", "type DateTime { text: String }\n"),
        ("\treason: String!\n", "\treason: String\n"),
        ("\ttitle: String!\n", "\ttitle: Int!\n"),
    ];
    let schemas: Vec<String> = mutations.iter().map(|(from, to)| released.replace(from, to)).collect();
    let theirs = node::run("breaking.mjs", "", &json!({ "released": released, "schemas": schemas }));
    let theirs: Vec<Vec<String>> = serde_json::from_value(theirs)?;
    for ((schema, (from, _)), types) in schemas.iter().zip(mutations).zip(theirs) {
        assert!(!types.is_empty(), "{from:?} breaks nothing to graphql-js");
        let ours = compare(&released, schema, Clock::default().today())?;
        for name in types {
            let found = ours
                .iter()
                .filter(|change| change.severity == Severity::Breaking)
                .any(|change| change.path.split('.').next() == Some(&name));
            assert!(
                found,
                "{from:?}: {name} is broken to graphql-js, and not here: {ours:#?}"
            );
        }
    }
    Ok(())
}

fn compare_pages() -> Result<(), Failed> {
    for (name, text) in reference::pages(&sdl())? {
        if read(&format!("docs/reference/{name}")) != text {
            let command = "cargo run -- schema --pages docs/reference";
            return Err(format!("docs/reference/{name} is not what the program writes: run `{command}`").into());
        }
    }
    Ok(())
}

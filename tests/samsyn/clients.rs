//! The GraphQL clients that frontend teams use, each in a script of `tests/clients`, which prints what it has checked and
//! fails where a check has.

use std::path::Path;
use std::process::{Command, Output};

use chrono::TimeDelta;
use libtest_mimic::{Failed, Trial};
use serde_json::{Map, Value as Json};

use crate::api::{MJOLBY, Server};
use crate::harness::Suite;

/// What needs no server: the schema and the documented operations, as tools read them.
const TOOLS: [&str; 2] = ["codegen", "eslint"];

/// What talks with a server.
const CLIENTS: [&str; 7] = [
    "apollo",
    "graphql-sse",
    "graphql-ws",
    "protocol-sse",
    "protocol-ws",
    "relay",
    "urql",
];

/// Whom the scripts can be.
const USERNAMES: [&str; 3] = ["administrator", "coordinator", "performer-ksf"];

pub(crate) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    let tools = TOOLS.map(|name| {
        Trial::test(format!("clients::{name}"), move || {
            let output = script(name).output()?;
            judge(&output).map_err(Failed::from)
        })
    });
    let clients = CLIENTS.map(|name| suite.on_both(&format!("clients::{name}"), move |server| run(name, server)));
    tools.into_iter().chain(clients.into_iter().flatten()).collect()
}

async fn run(name: &'static str, server: Server) {
    let mut tokens = Map::new();
    for username in USERNAMES {
        let token = server.token(MJOLBY, username, TimeDelta::hours(1)).await;
        tokens.insert(username.to_owned(), token.into());
    }
    let mut command = script(name);
    command
        .arg(server.url(""))
        .env("SAMSYN_TOKENS", Json::Object(tokens).to_string());
    let mut command = tokio::process::Command::from(command);
    let output = command.kill_on_drop(true).output().await.expect("Node.js, 20 or later");
    if let Err(said) = judge(&output) {
        panic!("{said}");
    }
}

/// A script, ready to be run.
fn script(name: &str) -> Command {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients");
    assert!(
        folder.join("node_modules/graphql/package.json").exists(),
        "the clients are missing: run `npm ci` in {}",
        folder.display()
    );
    let mut command = Command::new("node");
    command.arg(folder.join(format!("{name}.mjs")));
    command
}

/// What a script says of what is wrong.
fn judge(output: &Output) -> Result<(), String> {
    match output.status.success() {
        true => Ok(()),
        false => Err(format!(
            "{}\n{}{}",
            output.status,
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        )),
    }
}

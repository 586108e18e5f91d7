//! Runs the reference implementations, which are written for Node.js.

use std::{
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

use serde_json::Value;

/// Runs a script of `tests/npm` with an argument and an input, and reads the JSON that it prints.
///
/// # Panics
///
/// When Node.js or the packages are missing, or the script fails.
pub(crate) fn run(script: &str, argument: &str, input: &Value) -> Value {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/npm");
    assert!(
        folder.join("node_modules/graphql/package.json").exists(),
        "the packages that the tests compare with are missing: run `npm ci` in {}",
        folder.display()
    );
    let mut child = Command::new("node")
        .arg(folder.join(script))
        .arg(argument)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("Node.js (20 or later) is needed for this test: {error}"));
    child
        .stdin
        .take()
        .expect("the input is piped")
        .write_all(input.to_string().as_bytes())
        .expect("node reads its input");
    let output = child.wait_with_output().expect("node ends");
    assert!(output.status.success(), "{script} failed: {}", output.status);
    serde_json::from_slice(&output.stdout).expect("the script prints JSON")
}

//! The audits that the GraphQL over HTTP working group's reference implementation, `graphql-http`, has for servers.

use libtest_mimic::Trial;
use serde_json::Value;

use super::{node, server};

/// How many audits there are: a change of the package must not pass unseen.
const AUDITS: usize = 61;

/// Runs all audits against an endpoint.
///
/// # Panics
///
/// When one is not passed without reservation.
pub(crate) fn assert_passes_all(url: &str) {
    let results = node::run("http-audit.mjs", url, &Value::Null);
    let results = results.as_array().expect("a list of results");
    let open: Vec<String> = results
        .iter()
        .filter(|result| result["status"] != "ok")
        .map(Value::to_string)
        .collect();
    assert!(
        open.is_empty(),
        "{} of {} audits are not ok:\n{}",
        open.len(),
        results.len(),
        open.join("\n")
    );
    assert_eq!(results.len(), AUDITS);
}

pub(crate) fn trials() -> Vec<Trial> {
    vec![server::trial("http_audit::all_audits_pass", async |server| {
        let url = server.url("/graphql");
        tokio::task::spawn_blocking(move || assert_passes_all(&url))
            .await
            .expect("the audits pass");
    })]
}

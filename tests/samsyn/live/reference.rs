//! The protocols' own clients, `graphql-ws` and `graphql-sse`.

use libtest_mimic::Trial;
use serde_json::{Value as Json, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

use super::{JOINT, name_of, rename, token};
use crate::api::Server;
use crate::harness::{Suite, trials};

pub(super) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        the_reference_clients_follow,
        the_reference_clients_are_told_what_is_wrong
    ]
}

/// A reference client in a process of its own.
struct Reference {
    _child: Child,
    commands: ChildStdin,
    said: Lines<BufReader<ChildStdout>>,
}

impl Reference {
    fn start(transport: &str, server: &Server, token: &str) -> Self {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/npm/subscriber.mjs");
        let mut child = Command::new("node")
            .args([script, transport, &server.url("/graphql"), token])
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("Node.js");
        Self {
            commands: child.stdin.take().expect("an input"),
            said: BufReader::new(child.stdout.take().expect("an output")).lines(),
            _child: child,
        }
    }

    async fn send(&mut self, id: &str, query: &str, variables: Json) {
        let line = json!({ "id": id, "query": query, "variables": variables });
        let line = format!("{line}\n");
        self.commands.write_all(line.as_bytes()).await.expect("an input");
    }

    async fn stop(&mut self, id: &str) {
        let line = format!("{}\n", json!({ "stop": id }));
        self.commands.write_all(line.as_bytes()).await.expect("an input");
    }

    async fn said(&mut self) -> Json {
        let line = tokio::time::timeout(super::socket::PATIENCE, self.said.next_line()).await;
        let line = line.expect("a line in time").expect("an output").expect("a line");
        serde_json::from_str(&line).expect("JSON")
    }
}

async fn the_reference_clients_follow(server: Server) {
    let coordinator = token(&server, "coordinator").await;
    for (transport, name) in [("ws", "Utbildning"), ("sse", "Skola")] {
        let mut client = Reference::start(transport, &server, &coordinator);
        client.send("s", JOINT, json!({})).await;
        let first = client.said().await;
        assert_eq!(first["id"], "s", "{transport}: {first}");
        assert!(
            first["next"]["data"]["jointFollowUp"]["eventId"].is_string(),
            "{transport}: {first}"
        );
        client.send("q", "{ viewer { user { username } } }", json!({})).await;
        let answer = client.said().await;
        assert_eq!(
            answer["next"]["data"]["viewer"]["user"]["username"], "coordinator",
            "{transport}: {answer}"
        );
        assert_eq!(client.said().await, json!({ "id": "q", "complete": true }));
        rename(&server, "UTB", name).await;
        let second = client.said().await;
        assert_eq!(name_of(&second["next"]["data"], "UTB"), name, "{transport}: {second}");
        client.stop("s").await;
        assert_eq!(
            client.said().await,
            json!({ "id": "s", "complete": true }),
            "{transport}"
        );
    }
}

async fn the_reference_clients_are_told_what_is_wrong(server: Server) {
    let performer = token(&server, "performer-ksf").await;
    for transport in ["ws", "sse"] {
        let mut client = Reference::start(transport, &server, &performer);
        for (query, code) in [(JOINT, "FORBIDDEN"), ("subscription { nothing }", "BAD_REQUEST")] {
            client.send("s", query, json!({})).await;
            let told = client.said().await;
            // Over WebSocket as an error that ends it, in an event stream as its only result.
            let errors = match transport {
                "ws" => &told["error"],
                _ => &told["next"]["errors"],
            };
            assert_eq!(errors[0]["extensions"]["code"], code, "{transport}: {told}");
            if transport == "sse" {
                assert_eq!(client.said().await, json!({ "id": "s", "complete": true }));
            }
        }
    }
}

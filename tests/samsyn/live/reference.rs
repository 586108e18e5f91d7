//! The protocols' own clients, `graphql-ws` and `graphql-sse`.

use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use super::{JOINT, name_of, rename, token};
use crate::api::Server;
use crate::harness::{Suite, trials};
use crate::node_service::NodeService;

pub(super) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        the_reference_clients_follow,
        the_reference_clients_are_told_what_is_wrong
    ]
}

/// A reference client in a process of its own.
struct Reference(NodeService);

impl Reference {
    fn start(transport: &str, server: &Server, token: &str) -> Self {
        let package = format!("graphql-{transport}");
        let arguments = [transport, &server.url("/graphql"), token];
        Self(NodeService::start(&package, "subscriber.mjs", arguments))
    }

    async fn send(&mut self, id: &str, query: &str, variables: Json) {
        let line = json!({ "id": id, "query": query, "variables": variables });
        self.0.send(&line.to_string()).await;
    }

    async fn stop(&mut self, id: &str) {
        self.0.send(&json!({ "stop": id }).to_string()).await;
    }

    async fn said(&mut self) -> Json {
        let said = tokio::time::timeout(super::socket::PATIENCE, self.0.said()).await;
        said.expect("a line in time")
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

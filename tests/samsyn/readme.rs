//! What the README shows is what the program answers.

use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::api::Server;
use crate::harness::{Suite, trials};

const README: &str = include_str!("../../README.md");

pub(crate) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![suite, each_query_has_its_real_answer]
}

/// A query of the README, whom it is sent as, and the answer that stands below it.
struct Example {
    user: &'static str,
    query: &'static str,
    answer: Json,
}

fn examples() -> Vec<Example> {
    let mut examples = Vec::new();
    let mut before = "";
    for (number, part) in README.split("```").enumerate() {
        if let Some(query) = part.strip_prefix("graphql\n") {
            let (_, user) = before.rsplit_once("(as `").expect("a user before each query");
            let (user, _) = user.split_once('`').expect("a user's name");
            let answer = README.split("```").nth(number + 2).expect("an answer");
            let answer = answer.strip_prefix("json\n").expect("an answer below each query");
            examples.push(Example {
                user,
                query,
                answer: serde_json::from_str(answer).expect("JSON"),
            });
        }
        before = part;
    }
    examples
}

async fn each_query_has_its_real_answer(server: Server) {
    let examples = examples();
    assert_eq!(examples.len(), 3);
    for Example { user, query, answer } in examples {
        let client = server.user(user).await;
        assert_eq!(client.data(query, json!({})).await, answer, "{query}");
    }
}

//! A client of server-sent events.

use std::time::Duration;

use reqwest::{Response, StatusCode};
use serde_json::{Value as Json, json};
use tokio::time::timeout;

use super::socket::PATIENCE;
use crate::api::Server;

/// One event, as it was sent.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Event {
    pub(super) kind: String,
    pub(super) id: String,
    pub(super) data: String,
}

impl Event {
    pub(super) fn json(&self) -> Json {
        serde_json::from_str(&self.data).unwrap_or_else(|_| panic!("{self:?}"))
    }
}

pub(super) struct Events {
    pub(super) response: Response,
    text: String,
    pub(super) comments: usize,
}

impl Events {
    /// What is answered to an operation, of whoever has the token.
    pub(super) async fn ask(server: &Server, token: Option<&str>, query: &str, variables: Json, last: &str) -> Self {
        let mut request = server
            .http()
            .post(server.url("/graphql"))
            .header("accept", "text/event-stream")
            .json(&json!({ "query": query, "variables": variables }));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        if !last.is_empty() {
            request = request.header("last-event-id", last);
        }
        Self {
            response: request.send().await.expect("an answer"),
            text: String::new(),
            comments: 0,
        }
    }

    /// The same, which has to be a stream.
    pub(super) async fn follow(server: &Server, token: &str, query: &str, variables: Json, last: &str) -> Self {
        let events = Self::ask(server, Some(token), query, variables, last).await;
        assert_eq!(events.response.status(), StatusCode::OK);
        assert_eq!(events.response.headers()["content-type"], "text/event-stream");
        assert_eq!(events.response.headers()["cache-control"], "no-store");
        events
    }

    /// The next event; `None` when the stream has ended.
    pub(super) async fn next(&mut self) -> Option<Event> {
        timeout(PATIENCE, self.read()).await.expect("an event in time")
    }

    /// The data of the next event, and its id.
    pub(super) async fn data(&mut self) -> (Json, String) {
        let event = self.next().await.expect("an event");
        assert_eq!(event.kind, "next");
        let mut answer = event.json();
        assert!(answer["errors"].is_null(), "{answer}");
        (answer["data"].take(), event.id)
    }

    pub(super) async fn hears_nothing(&mut self, time: Duration) {
        if let Ok(event) = timeout(time, self.read()).await {
            panic!("{event:?}");
        }
    }

    async fn read(&mut self) -> Option<Event> {
        loop {
            while let Some((block, rest)) = self.text.split_once("\n\n") {
                let event = parse(block);
                self.text = rest.to_owned();
                match event {
                    Some(event) => return Some(event),
                    None => self.comments += 1,
                }
            }
            let chunk = self.response.chunk().await.ok()??;
            self.text.push_str(std::str::from_utf8(&chunk).expect("UTF-8"));
        }
    }
}

fn parse(block: &str) -> Option<Event> {
    let mut event = Event::default();
    for line in block.lines() {
        let (name, value) = line.split_once(':').expect("a field");
        let value = value.strip_prefix(' ').unwrap_or(value).to_owned();
        match name {
            "event" => event.kind = value,
            "id" => event.id = value,
            "data" => event.data = value,
            "" => {}
            other => panic!("an unknown field {other}"),
        }
    }
    (!event.kind.is_empty()).then_some(event)
}

//! Server-sent events.

use std::time::Duration;

use libtest_mimic::Trial;
use reqwest::StatusCode;
use samsyn::live::LiveLimits;
use serde_json::json;

use super::events::{Event, Events};
use super::{JOINT, WORK, name_of, rename, token};
use crate::api::{Server, quick};
use crate::harness::{Suite, trials};

pub(super) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        events_come_as_what_is_followed_changes,
        a_query_is_one_event_and_the_end,
        what_is_wrong_is_told_in_the_stream,
        who_is_refused_gets_a_status,
        a_browsers_own_request_goes_by_get,
        a_plain_request_is_told_where_subscriptions_are,
        an_idle_stream_is_kept_alive,
        a_stream_ends_without_complete_when_the_server_stops,
    ]
}

fn complete() -> Option<Event> {
    Some(Event {
        kind: "complete".to_owned(),
        ..Event::default()
    })
}

async fn events_come_as_what_is_followed_changes(server: Server) {
    let coordinator = token(&server, "coordinator").await;
    let mut events = Events::follow(&server, &coordinator, JOINT, json!({}), "").await;
    assert_eq!(events.response.headers()["x-accel-buffering"], "no");
    let (first, id) = events.data().await;
    assert_eq!(first["jointFollowUp"]["eventId"], id);
    rename(&server, "UTB", "Utbildning").await;
    let (second, next) = events.data().await;
    assert_eq!(name_of(&second, "UTB"), "Utbildning");
    assert_ne!(id, next);
}

async fn a_query_is_one_event_and_the_end(server: Server) {
    let coordinator = token(&server, "coordinator").await;
    let query = "{ viewer { user { username } } }";
    let mut events = Events::follow(&server, &coordinator, query, json!({}), "").await;
    assert_eq!(events.data().await.0["viewer"]["user"]["username"], "coordinator");
    assert_eq!(events.next().await, complete());
    assert_eq!(events.next().await, None);
}

async fn what_is_wrong_is_told_in_the_stream(server: Server) {
    let coordinator = token(&server, "coordinator").await;
    for (query, last) in [
        ("{", ""),
        ("subscription { nothing }", ""),
        (
            "subscription { myWork { eventId } jointFollowUp(year: 2017) { eventId } }",
            "",
        ),
        (JOINT, "nonsense"),
    ] {
        let mut events = Events::follow(&server, &coordinator, query, json!({}), last).await;
        let told = events.next().await.expect("an event").json();
        assert_eq!(told["errors"][0]["extensions"]["code"], "BAD_REQUEST", "{told}");
        assert!(told.get("data").is_none(), "{told}");
        assert_eq!(events.next().await, complete());
        assert_eq!(events.next().await, None);
    }
    // Somebody who may not see it.
    let performer = token(&server, "performer-ksf").await;
    let mut events = Events::follow(&server, &performer, JOINT, json!({}), "").await;
    let told = events.next().await.expect("an event").json();
    assert_eq!(told["errors"][0]["extensions"]["code"], "FORBIDDEN", "{told}");
    assert_eq!(events.next().await, complete());
}

async fn who_is_refused_gets_a_status(server: Server) {
    let events = Events::ask(&server, Some("nonsense"), JOINT, json!({}), "").await;
    assert_eq!(events.response.status(), StatusCode::UNAUTHORIZED);
    let mutation = "mutation { createUser(input: { username: \"x\", name: \"x\" }) { errors { code } } }";
    let url = reqwest::Url::parse_with_params(&server.url("/graphql"), [("query", mutation)]).expect("an address");
    let request = server.http().get(url).header("accept", "text/event-stream");
    let answer = request.send().await.expect("an answer");
    assert_eq!(answer.status(), StatusCode::METHOD_NOT_ALLOWED);
}

async fn a_browsers_own_request_goes_by_get(server: Server) {
    let url = reqwest::Url::parse_with_params(&server.url("/graphql"), [("query", WORK)]).expect("an address");
    let request = server.http().get(url).header("accept", "text/event-stream");
    let request = request.bearer_auth(token(&server, "coordinator").await);
    let mut answer = request.send().await.expect("an answer");
    let mut text = String::new();
    while !text.contains("event: next") || !text.ends_with("\n\n") {
        let chunk = answer.chunk().await.expect("bytes").expect("a chunk");
        text.push_str(&String::from_utf8_lossy(&chunk));
    }
    assert!(text.starts_with(":\n\n") && text.contains("totalCount"), "{text}");
}

async fn a_plain_request_is_told_where_subscriptions_are(server: Server) {
    let (code, message) = server.user("coordinator").await.error(JOINT, json!({})).await;
    assert_eq!(code, "BAD_REQUEST");
    assert!(
        message.contains("text/event-stream") && message.contains("graphql-transport-ws"),
        "{message}"
    );
}

async fn an_idle_stream_is_kept_alive(server: Server) {
    let limits = LiveLimits {
        keep_alive: Duration::from_millis(100),
        ..quick()
    };
    let server = server.holding(limits).await;
    let coordinator = token(&server, "coordinator").await;
    let mut events = Events::follow(&server, &coordinator, JOINT, json!({}), "").await;
    events.data().await;
    events.hears_nothing(Duration::from_secs(1)).await;
    assert!(events.comments >= 3, "{} comments", events.comments);
}

async fn a_stream_ends_without_complete_when_the_server_stops(server: Server) {
    let coordinator = token(&server, "coordinator").await;
    let mut events = Events::follow(&server, &coordinator, JOINT, json!({}), "").await;
    let (_, id) = events.data().await;
    server.live().stop();
    assert_eq!(events.next().await, None);
    server.live().stopped().await;
    // Another server takes it on from there.
    let other = server.holding(quick()).await;
    let mut events = Events::follow(&other, &coordinator, JOINT, json!({}), &id).await;
    events.hears_nothing(Duration::from_millis(500)).await;
    rename(&other, "UTB", "Utbildning").await;
    assert_eq!(name_of(&events.data().await.0, "UTB"), "Utbildning");
}

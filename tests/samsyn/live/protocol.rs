//! The WebSocket protocol `graphql-transport-ws`, with every close code of it.

use std::time::Duration;

use libtest_mimic::Trial;
use samsyn::live::LiveLimits;
use serde_json::json;
use tokio_tungstenite::tungstenite::{Error, Message};

use super::socket::{PROTOCOL, Socket};
use super::{JOINT, name_of, rename, token};
use crate::api::{Server, quick};
use crate::harness::{Suite, trials};

pub(super) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        queries_mutations_and_subscriptions_go_over_one_connection,
        what_breaks_the_protocol_closes_the_connection_with_its_code,
        who_does_not_initialise_is_closed,
        a_refused_token_closes_with_4403,
        an_invalid_operation_is_an_error_and_nothing_more,
        a_completed_operation_says_nothing_more_and_frees_its_id,
        both_may_ping,
        a_silent_client_is_left,
        a_page_of_another_origin_is_refused,
        there_are_limits_to_what_is_open,
        a_client_has_so_many_connections,
        a_message_that_is_too_large_closes_with_1009,
        the_server_says_that_it_goes_away,
    ]
}

async fn queries_mutations_and_subscriptions_go_over_one_connection(server: Server) {
    let coordinator = token(&server, "coordinator").await;
    let mut socket = Socket::of(&server.url("/graphql"), Some(&coordinator)).await;
    socket.subscribe("s", JOINT, json!({})).await;
    assert_eq!(name_of(&socket.event("s").await, "UTB"), "Utbildningsförvaltningen");
    socket
        .subscribe(
            "q",
            "query($code: String!) { department(code: $code) { code } }",
            json!({ "code": "UTB" }),
        )
        .await;
    assert_eq!(socket.event("q").await, json!({ "department": { "code": "UTB" } }));
    assert_eq!(socket.next().await, json!({ "type": "complete", "id": "q" }));
    let point = "mutation { createUser(input: { username: \"x\", name: \"x\" }) { errors { code } } }";
    socket.subscribe("m", point, json!({})).await;
    let refused = socket.event("m").await;
    assert_eq!(refused["createUser"]["errors"][0]["code"], "FORBIDDEN");
    assert_eq!(socket.next().await, json!({ "type": "complete", "id": "m" }));
    rename(&server, "UTB", "Utbildning").await;
    assert_eq!(name_of(&socket.event("s").await, "UTB"), "Utbildning");
    // By a header, where a client can send one.
    let bearer = format!("Bearer {coordinator}");
    let headers = [("sec-websocket-protocol", PROTOCOL), ("authorization", bearer.as_str())];
    let mut socket = Socket::with_headers(&server.url("/graphql"), &headers)
        .await
        .expect("a connection");
    socket.send(json!({ "type": "connection_init" })).await;
    assert_eq!(socket.next().await["type"], "connection_ack");
    socket
        .subscribe("q", "{ viewer { user { username } } }", json!({}))
        .await;
    assert_eq!(socket.event("q").await["viewer"]["user"]["username"], "coordinator");
}

async fn what_breaks_the_protocol_closes_the_connection_with_its_code(server: Server) {
    let url = server.url("/graphql");
    let query = r#"{"type":"subscribe","id":"1","payload":{"query":"{ __typename }"}}"#;
    let follow = json!({ "type": "subscribe", "id": "1", "payload": { "query": JOINT } }).to_string();
    let init = r#"{"type":"connection_init"}"#;
    let coordinator = token(&server, "coordinator").await;
    let initialised =
        json!({ "type": "connection_init", "payload": { "authorization": format!("Bearer {coordinator}") } });
    let initialised = initialised.to_string();
    for (messages, code, reason) in [
        (vec![query], 4401, "Unauthorized"),
        (vec![init, init], 4429, "Too many initialisation requests"),
        (
            vec![&initialised, &follow, &follow],
            4409,
            "Subscriber for 1 already exists",
        ),
        (vec!["{"], 4400, "A message is a JSON object"),
        (vec![init, "[]"], 4400, "A message is a JSON object"),
        (
            vec![init, r#"{"type":"start"}"#],
            4400,
            "There is no such `type` of message",
        ),
        (
            vec![init, r#"{"type":"ping","payload":"x"}"#],
            4400,
            "A `payload` is a JSON object",
        ),
        (
            vec![init, r#"{"type":"subscribe","id":"1","payload":{}}"#],
            4400,
            "`query` must be a string: the GraphQL document.",
        ),
        (
            vec![init, r#"{"type":"complete"}"#],
            4400,
            "The message has an `id`, a text that is not empty",
        ),
    ] {
        let mut socket = Socket::open(&url).await;
        for message in &messages {
            socket.send_text(message).await;
        }
        assert_eq!(socket.closed().await, (code, reason.to_owned()), "{messages:?}");
    }
    let mut socket = Socket::open(&url).await;
    socket.send_raw(Message::Binary(init.as_bytes().to_vec().into())).await;
    assert_eq!(socket.closed().await.0, 4400);
    // An unknown id is none to complain of.
    let mut socket = Socket::of(&url, None).await;
    socket.send(json!({ "type": "complete", "id": "nobody" })).await;
    socket.send(json!({ "type": "ping" })).await;
    assert_eq!(socket.next().await, json!({ "type": "pong" }));
    for headers in [&[][..], &[("sec-websocket-protocol", "graphql-ws")][..]] {
        // A client notices by itself that another protocol was not taken; one that asks for none is told.
        match Socket::with_headers(&url, headers).await {
            Ok(mut socket) => assert_eq!(socket.closed().await, (4406, "Subprotocol not acceptable".to_owned())),
            Err(error) => assert!(matches!(error, Error::Protocol(_)), "{error}"),
        }
    }
}

async fn who_does_not_initialise_is_closed(server: Server) {
    let limits = LiveLimits {
        initialisation: Duration::from_millis(200),
        ..quick()
    };
    let server = server.holding(limits).await;
    let mut socket = Socket::open(&server.url("/graphql")).await;
    let closed = (4408, "Connection initialisation timeout".to_owned());
    assert_eq!(socket.closed().await, closed);
    let mut socket = Socket::of(&server.url("/graphql"), None).await;
    socket.hears_nothing(Duration::from_millis(400)).await;
}

async fn a_refused_token_closes_with_4403(server: Server) {
    for token in ["nonsense", "samsyn_sa_AAAA"] {
        let mut socket = Socket::open(&server.url("/graphql")).await;
        let payload = json!({ "Authorization": format!("Bearer {token}") });
        socket
            .send(json!({ "type": "connection_init", "payload": payload }))
            .await;
        let (code, reason) = socket.closed().await;
        assert_eq!(code, 4403);
        assert!(reason.starts_with("Forbidden: "), "{reason}");
    }
}

async fn an_invalid_operation_is_an_error_and_nothing_more(server: Server) {
    let coordinator = token(&server, "coordinator").await;
    let mut socket = Socket::of(&server.url("/graphql"), Some(&coordinator)).await;
    for (query, code) in [
        ("{", "BAD_REQUEST"),
        ("{ nothing }", "BAD_REQUEST"),
        ("subscription { nothing }", "BAD_REQUEST"),
        (
            "subscription { myWork { eventId } other: myWork { eventId } }",
            "BAD_REQUEST",
        ),
        ("subscription { jointFollowUp(year: 1800) { eventId } }", "BAD_REQUEST"),
        ("subscription { myWork(after: \"x\") { eventId } }", "BAD_REQUEST"),
        (
            "subscription($year: Int!) { jointFollowUp(year: $year) { eventId } }",
            "BAD_REQUEST",
        ),
        ("subscription { __schema { types { name } } }", "BAD_REQUEST"),
        (
            "{ a { a { a { a { a { a { a { a { a { a { a { a { a { a { a { a { a { a { a { a { a { a { a { a { a { a",
            "LIMIT_EXCEEDED",
        ),
    ] {
        let query = match code {
            "LIMIT_EXCEEDED" => format!("{query}{}", " }".repeat(26)),
            _ => query.to_owned(),
        };
        socket.subscribe("1", &query, json!({})).await;
        assert_eq!(socket.error("1").await, code, "{query}");
    }
    socket.hears_nothing(Duration::from_millis(300)).await;
}

async fn a_completed_operation_says_nothing_more_and_frees_its_id(server: Server) {
    let coordinator = token(&server, "coordinator").await;
    let mut socket = Socket::of(&server.url("/graphql"), Some(&coordinator)).await;
    socket.subscribe("1", JOINT, json!({})).await;
    socket.event("1").await;
    socket.send(json!({ "type": "complete", "id": "1" })).await;
    rename(&server, "UTB", "Utbildning").await;
    socket.hears_nothing(Duration::from_millis(500)).await;
    socket.subscribe("1", JOINT, json!({})).await;
    assert_eq!(name_of(&socket.event("1").await, "UTB"), "Utbildning");
}

async fn both_may_ping(server: Server) {
    let mut socket = Socket::open(&server.url("/graphql")).await;
    // At any time, also before it is initialised.
    socket.send(json!({ "type": "ping", "payload": { "a": 1 } })).await;
    assert_eq!(socket.next().await, json!({ "type": "pong", "payload": { "a": 1 } }));
    socket.send(json!({ "type": "pong" })).await;
    socket.send(json!({ "type": "connection_init" })).await;
    assert_eq!(socket.next().await["type"], "connection_ack");
}

async fn a_silent_client_is_left(server: Server) {
    let limits = LiveLimits {
        keep_alive: Duration::from_millis(200),
        connections: 1,
        ..quick()
    };
    let server = server.holding(limits).await;
    let url = server.url("/graphql");
    let mut answering = Socket::of(&url, None).await;
    // The library answers pings while it is listened to.
    answering.hears_nothing(Duration::from_secs(1)).await;
    // And not while it is not: the connection's place is free again.
    tokio::time::sleep(Duration::from_secs(1)).await;
    drop(Socket::of(&url, None).await);
}

async fn a_page_of_another_origin_is_refused(server: Server) {
    let url = server.url("/graphql");
    let own = url.trim_end_matches("/graphql").to_owned();
    for (origin, status) in [(own.as_str(), 101), ("https://portal.example.org", 403), ("null", 403)] {
        let headers = [("sec-websocket-protocol", PROTOCOL), ("origin", origin)];
        let found = match Socket::with_headers(&url, &headers).await {
            Ok(_) => 101,
            Err(Error::Http(response)) => response.status().as_u16(),
            Err(error) => panic!("{error}"),
        };
        assert_eq!(found, status, "{origin}");
    }
}

async fn there_are_limits_to_what_is_open(server: Server) {
    let limits = LiveLimits {
        connections: 2,
        operations: 3,
        of_client: 2,
        ..quick()
    };
    let server = server.holding(limits).await;
    let url = server.url("/graphql");
    let (head, coordinator) = (token(&server, "head-ksf").await, token(&server, "coordinator").await);
    let mut one = Socket::of(&url, Some(&coordinator)).await;
    for id in ["1", "2"] {
        one.subscribe(id, JOINT, json!({})).await;
        one.event(id).await;
    }
    one.subscribe("3", JOINT, json!({})).await;
    assert_eq!(one.error("3").await, "LIMIT_EXCEEDED");
    let mut two = Socket::of(&url, Some(&head)).await;
    for id in ["1", "2"] {
        two.subscribe(id, JOINT, json!({})).await;
        two.event(id).await;
    }
    let headers = [("sec-websocket-protocol", PROTOCOL)];
    match Socket::with_headers(&url, &headers).await {
        Err(Error::Http(response)) => assert_eq!(response.status(), 503),
        _ => panic!("a third connection"),
    }
    // What is closed makes room.
    one.send(json!({ "type": "complete", "id": "1" })).await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    one.subscribe("3", JOINT, json!({})).await;
    one.event("3").await;
    drop(one);
    tokio::time::sleep(Duration::from_millis(500)).await;
    let mut three = Socket::of(&url, Some(&coordinator)).await;
    three.subscribe("1", JOINT, json!({})).await;
    three.event("1").await;
}

async fn a_client_has_so_many_connections(server: Server) {
    let limits = LiveLimits {
        connections_of_client: 1,
        ..quick()
    };
    let server = server.holding(limits).await;
    let url = server.url("/graphql");
    let coordinator = token(&server, "coordinator").await;
    let kept = Socket::of(&url, Some(&coordinator)).await;
    let mut second = Socket::open(&url).await;
    let payload = json!({ "Authorization": format!("Bearer {coordinator}") });
    second
        .send(json!({ "type": "connection_init", "payload": payload }))
        .await;
    let (code, reason) = second.closed().await;
    assert_eq!(code, 4403);
    assert!(reason.contains("1 connections of yours"), "{reason}");
    drop(Socket::of(&url, Some(&token(&server, "head-ksf").await)).await);
    drop(kept);
    tokio::time::sleep(Duration::from_millis(500)).await;
    drop(Socket::of(&url, Some(&coordinator)).await);
}

async fn a_message_that_is_too_large_closes_with_1009(server: Server) {
    let mut socket = Socket::of(&server.url("/graphql"), None).await;
    let query = format!("{{ __typename }} # {}", "x".repeat(1 << 20));
    socket.subscribe("1", &query, json!({})).await;
    assert_eq!(socket.closed().await.0, 1009);
}

async fn the_server_says_that_it_goes_away(server: Server) {
    let coordinator = token(&server, "coordinator").await;
    let mut socket = Socket::of(&server.url("/graphql"), Some(&coordinator)).await;
    socket.subscribe("1", JOINT, json!({})).await;
    socket.event("1").await;
    server.live().stop();
    assert_eq!(socket.closed().await.0, 1001);
    server.live().stopped().await;
}

//! The language of subscriptions: of the request that opens them, or of the connection.

use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use super::socket::{PROTOCOL, Socket};
use super::token;
use crate::api::Server;
use crate::harness::{Suite, trials};

pub(super) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        a_socket_speaks_the_language_of_its_upgrade,
        what_a_connection_begins_with_weighs_more,
        a_stream_speaks_the_language_of_its_request,
    ]
}

const WHY: &str = "subscription { myWork { eventId myWork { nodes { why } } } }";
const REFUSED: &str = "{ departments(first: 101) { totalCount } }";

const SWEDISH: &str = "`first` måste vara 0 till 100, inte 101. Hämta resten med `after`.";

async fn connect(server: &Server, header: &str, payload: Json) -> Socket {
    let headers = [("sec-websocket-protocol", PROTOCOL), ("accept-language", header)];
    let mut socket = Socket::with_headers(&server.url("/graphql"), &headers)
        .await
        .expect("a connection");
    socket
        .send(json!({ "type": "connection_init", "payload": payload }))
        .await;
    assert_eq!(socket.next().await, json!({ "type": "connection_ack" }));
    socket
}

fn first_why(event: &Json) -> String {
    event["myWork"]["myWork"]["nodes"][0]["why"]
        .as_str()
        .expect("a text")
        .to_owned()
}

async fn refused(socket: &mut Socket) -> String {
    socket.subscribe("refused", REFUSED, json!({})).await;
    let message = socket.next().await;
    let said = &message["payload"]["errors"][0]["message"];
    said.as_str().unwrap_or_else(|| panic!("{message}")).to_owned()
}

async fn a_socket_speaks_the_language_of_its_upgrade(server: Server) {
    let secretary = token(&server, "secretary-ks").await;
    let payload = json!({ "Authorization": format!("Bearer {secretary}") });
    let mut socket = connect(&server, "sv", payload).await;
    socket.subscribe("1", WHY, json!({})).await;
    let why = first_why(&socket.event("1").await);
    assert!(why.ends_with(" väntar på nämndens beslut."), "{why}");
    assert_eq!(refused(&mut socket).await, SWEDISH);
}

async fn what_a_connection_begins_with_weighs_more(server: Server) {
    let secretary = token(&server, "secretary-ks").await;
    let payload = json!({ "Authorization": format!("Bearer {secretary}"), "acceptLanguage": "sv-SE" });
    let mut socket = connect(&server, "en", payload).await;
    assert_eq!(refused(&mut socket).await, SWEDISH);
    let headers = [("sec-websocket-protocol", PROTOCOL)];
    let mut socket = Socket::with_headers(&server.url("/graphql"), &headers)
        .await
        .expect("a connection");
    let payload = json!({ "Authorization": "Bearer nonsense", "acceptLanguage": "sv" });
    socket
        .send(json!({ "type": "connection_init", "payload": payload }))
        .await;
    let (code, reason) = socket.closed().await;
    assert_eq!(
        (code, reason.as_str()),
        (4403, "Forbidden: Logga in igen: åtkomstnyckeln gäller inte här.")
    );
}

async fn a_stream_speaks_the_language_of_its_request(server: Server) {
    let secretary = token(&server, "secretary-ks").await;
    let ask = |query: &str| {
        let request = server.http().post(server.url("/graphql")).bearer_auth(&secretary);
        let request = request
            .header("accept", "text/event-stream")
            .header("accept-language", "sv");
        request.json(&json!({ "query": query })).send()
    };
    let mut followed = ask(WHY).await.expect("an answer");
    assert_eq!(followed.headers()["content-language"], "sv");
    let mut text = String::new();
    while !text.contains("data: ") || !text.ends_with("\n\n") {
        let chunk = followed.chunk().await.expect("an answer").expect("an event");
        text.push_str(&String::from_utf8_lossy(&chunk));
    }
    assert!(text.contains(" väntar på nämndens beslut."), "{text}");
    let refused = ask(REFUSED).await.expect("an answer").text().await.expect("events");
    assert!(refused.contains("måste vara 0 till 100"), "{refused}");
    let unread = ask("subscription { myWork { eventId } other: myWork { eventId } }")
        .await
        .expect("an answer");
    let unread = unread.text().await.expect("events");
    assert!(unread.contains("En prenumeration har exakt ett rotfält."), "{unread}");
}

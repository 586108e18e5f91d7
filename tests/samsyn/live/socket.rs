//! A client of the WebSocket protocol that can also break it.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value as Json, json};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// How long it is waited for what has to come.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);

/// The protocol's name.
pub(super) const PROTOCOL: &str = "graphql-transport-ws";

pub(crate) struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    /// Connects to a server at `http://...`, with further headers.
    pub(super) async fn with_headers(url: &str, headers: &[(&'static str, &str)]) -> Result<Self, Error> {
        let address = url.replacen("http", "ws", 1);
        let mut request = address.into_client_request().expect("an address");
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().expect("a header"));
        }
        Ok(Self(connect_async(request).await?.0))
    }

    /// Connects, and says nothing yet.
    pub(super) async fn open(url: &str) -> Self {
        let protocol = [("sec-websocket-protocol", PROTOCOL)];
        Self::with_headers(url, &protocol).await.expect("a connection")
    }

    /// Connects as whoever has a token.
    pub(crate) async fn of(url: &str, token: Option<&str>) -> Self {
        let mut socket = Self::open(url).await;
        let payload = token.map(|token| json!({ "Authorization": format!("Bearer {token}") }));
        socket
            .send(json!({ "type": "connection_init", "payload": payload }))
            .await;
        assert_eq!(socket.next().await, json!({ "type": "connection_ack" }));
        socket
    }

    pub(super) async fn send(&mut self, message: Json) {
        self.send_text(&message.to_string()).await;
    }

    pub(super) async fn send_text(&mut self, text: &str) {
        self.send_raw(Message::Text(text.into())).await;
    }

    pub(super) async fn send_raw(&mut self, message: Message) {
        self.0.send(message).await.expect("a message is sent");
    }

    pub(crate) async fn subscribe(&mut self, id: &str, query: &str, variables: Json) {
        let payload = json!({ "query": query, "variables": variables });
        self.send(json!({ "type": "subscribe", "id": id, "payload": payload }))
            .await;
    }

    /// The next message of the protocol.
    pub(crate) async fn next(&mut self) -> Json {
        timeout(PATIENCE, self.message())
            .await
            .expect("a message in time")
            .unwrap_or_else(|close| panic!("closed: {close:?}"))
    }

    /// The next message, unless something else happens first.
    pub(super) async fn next_until(&mut self, ended: impl Future<Output = ()>) -> Option<Json> {
        tokio::select! {
            message = self.message() => Some(message.unwrap_or_else(|close| panic!("closed: {close:?}"))),
            () = ended => None,
        }
    }

    /// The data of the next event of an operation.
    pub(crate) async fn event(&mut self, id: &str) -> Json {
        let mut message = self.next().await;
        assert_eq!(
            (&message["type"], &message["id"]),
            (&json!("next"), &json!(id)),
            "{message}"
        );
        assert!(message["payload"]["errors"].is_null(), "{message}");
        message["payload"]["data"].take()
    }

    /// The code of the error that ends an operation.
    pub(super) async fn error(&mut self, id: &str) -> String {
        let message = self.next().await;
        assert_eq!(
            (&message["type"], &message["id"]),
            (&json!("error"), &json!(id)),
            "{message}"
        );
        let code = &message["payload"][0]["extensions"]["code"];
        code.as_str().unwrap_or_else(|| panic!("no code: {message}")).to_owned()
    }

    /// That nothing comes for a while.
    pub(super) async fn hears_nothing(&mut self, time: Duration) {
        if let Ok(message) = timeout(time, self.message()).await {
            panic!("{message:?}");
        }
    }

    /// The code and the reason that the server closes with; what it says before is passed over.
    pub(super) async fn closed(&mut self) -> (u16, String) {
        let until = Instant::now() + PATIENCE;
        loop {
            let message = tokio::time::timeout_at(until, self.message()).await;
            if let Err(close) = message.expect("a close in time") {
                return close;
            }
        }
    }

    async fn message(&mut self) -> Result<Json, (u16, String)> {
        loop {
            match self.0.next().await {
                Some(Ok(Message::Text(text))) => return Ok(serde_json::from_str(&text).expect("JSON")),
                Some(Ok(Message::Close(Some(frame)))) => return Err((frame.code.into(), frame.reason.to_string())),
                Some(Ok(Message::Close(None)) | Err(_)) | None => return Err((0, String::new())),
                Some(Ok(_)) => {}
            }
        }
    }
}

use async_graphql::{Response, ServerError};
use entity::Language;
use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::super::{
    parameters::{self, Sent},
    unique_json::UniqueJson,
};

/// A message of a client's.
#[derive(Debug)]
pub(super) enum Incoming {
    ConnectionInit(Map<String, Json>),
    Ping(Option<Map<String, Json>>),
    Pong,
    Subscribe { id: String, sent: Box<Sent> },
    Complete { id: String },
}

/// A message of the server's.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum Outgoing<'a> {
    ConnectionAck,
    Pong {
        #[serde(skip_serializing_if = "Option::is_none")]
        payload: Option<Map<String, Json>>,
    },
    Next {
        id: &'a str,
        payload: &'a Response,
    },
    Error {
        id: &'a str,
        payload: &'a [ServerError],
    },
    Complete {
        id: &'a str,
    },
}

impl Incoming {
    /// Reads a message; the error says what is wrong with it, to whoever wrote the client.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let message = serde_json::from_str(text).map(|UniqueJson(json)| json);
        let Ok(Json::Object(mut message)) = message else {
            return Err("A message is a JSON object".to_owned());
        };
        let Some(Json::String(kind)) = message.remove("type") else {
            return Err("A message has a `type`".to_owned());
        };
        match kind.as_str() {
            "connection_init" => Ok(Self::ConnectionInit(payload(&mut message)?.unwrap_or_default())),
            "ping" => Ok(Self::Ping(payload(&mut message)?)),
            "pong" => payload(&mut message).map(|_| Self::Pong),
            "subscribe" => {
                let id = id(&mut message)?;
                let parameters = payload(&mut message)?.ok_or("`subscribe` has a `payload`")?;
                let sent = parameters::from_parameters(parameters)
                    .map_err(|refusal| refusal.message.in_language(Language::En))?;
                Ok(Self::Subscribe {
                    id,
                    sent: Box::new(sent),
                })
            }
            "complete" => Ok(Self::Complete { id: id(&mut message)? }),
            _ => Err("There is no such `type` of message".to_owned()),
        }
    }
}

impl Outgoing<'_> {
    /// Its text; `None` when it cannot be written, which is logged.
    pub(super) fn text(&self) -> Option<String> {
        serde_json::to_string(self)
            .inspect_err(|error| tracing::error!(%error, "a message cannot be written as JSON"))
            .ok()
    }
}

fn id(message: &mut Map<String, Json>) -> Result<String, String> {
    match message.remove("id") {
        Some(Json::String(id)) if !id.is_empty() => Ok(id),
        _ => Err("The message has an `id`, a text that is not empty".to_owned()),
    }
}

/// The payload, where null counts as none.
fn payload(message: &mut Map<String, Json>) -> Result<Option<Map<String, Json>>, String> {
    match message.remove("payload") {
        None | Some(Json::Null) => Ok(None),
        Some(Json::Object(payload)) => Ok(Some(payload)),
        Some(_) => Err("A `payload` is a JSON object".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::graphql_endpoint::documents::DocumentReference;

    #[test]
    fn the_messages_of_the_protocol_are_read() {
        let read = |text| Incoming::read(text).unwrap();
        assert!(
            matches!(read(r#"{"type":"connection_init"}"#), Incoming::ConnectionInit(payload) if payload.is_empty())
        );
        assert!(matches!(
            read(r#"{"type":"connection_init","payload":null}"#),
            Incoming::ConnectionInit(_)
        ));
        assert!(matches!(
            read(r#"{"type":"ping","payload":{"a":1}}"#),
            Incoming::Ping(Some(_))
        ));
        assert!(matches!(read(r#"{"type":"pong"}"#), Incoming::Pong));
        assert!(matches!(read(r#"{"type":"complete","id":"1"}"#), Incoming::Complete { id } if id == "1"));
        let subscribe = r#"{"type":"subscribe","id":"1","payload":{"query":"{ a }","variables":{"b":1}}}"#;
        assert!(matches!(read(subscribe), Incoming::Subscribe { id, sent }
                if id == "1" && sent.document == DocumentReference::Text("{ a }".to_owned(), None)));
    }

    #[test]
    fn others_are_not() {
        for text in [
            "",
            "[]",
            "{",
            "{}",
            r#"{"type":1}"#,
            r#"{"type":"start"}"#,
            r#"{"type":"ping","payload":1}"#,
            r#"{"type":"ping","type":"pong"}"#,
            r#"{"type":"complete"}"#,
            r#"{"type":"complete","id":""}"#,
            r#"{"type":"subscribe","id":"1"}"#,
            r#"{"type":"subscribe","id":"1","payload":{}}"#,
            r#"{"type":"subscribe","id":"1","payload":{"query":"{ a }","variables":[]}}"#,
        ] {
            assert!(Incoming::read(text).is_err(), "{text}");
        }
    }
}

//! Reads a GraphQL request from JSON or from a query string (GraphQL over HTTP, section "Request Parameters").

use async_graphql::{Request, Value, Variables};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value as Json};

use super::{
    documents::{DocumentReference, persisted_query},
    unique_json::UniqueJson,
};
use crate::{language::Message, server::refusal::Refusal};

/// A request as it was sent: its document is still to be found.
#[derive(Debug)]
pub(super) struct Sent {
    pub(super) document: DocumentReference,
    /// All but the document.
    pub(super) request: Request,
}

/// Reads a request from the body of a POST.
///
/// serde_json refuses what is not UTF-8, and what nests deeper than 128.
pub(super) fn from_json(body: &[u8]) -> Result<Sent, Refusal> {
    match serde_json::from_slice(body).map(|UniqueJson(json)| json) {
        Ok(Json::Object(parameters)) => from_parameters(parameters),
        Ok(Json::Array(_)) => Err(Refusal::bad_request(message!("request-no-batches"))),
        Ok(_) => Err(Refusal::bad_request(message!("request-body-object"))),
        Err(error) => Err(Refusal::bad_request(message!(
            "request-body-not-json",
            error = error.to_string()
        ))),
    }
}

/// Reads a request from the query string of a GET, where `variables` and `extensions` are JSON.
pub(super) fn from_query_string(query: &str) -> Result<Sent, Refusal> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query)
        .map_err(|error| Refusal::bad_request(message!("request-bad-query-string", error = error.to_string())))?;
    let mut parameters = Map::new();
    for (name, text) in pairs {
        let value = match name.as_str() {
            "variables" | "extensions" if text.is_empty() => Json::Null,
            "variables" | "extensions" => {
                serde_json::from_str(&text)
                    .map(|UniqueJson(json)| json)
                    .map_err(|error| {
                        Refusal::bad_request(message!("request-parameter-not-json", name, error = error.to_string()))
                    })?
            }
            _ => Json::String(text),
        };
        if parameters.contains_key(&name) {
            return Err(Refusal::bad_request(message!("request-parameter-repeated")));
        }
        parameters.insert(name, value);
    }
    from_parameters(parameters)
}

/// Reads a request from its parameters. Those that are `null` count as left out; unknown ones are ignored, as the draft asks for.
pub(super) fn from_parameters(mut parameters: Map<String, Json>) -> Result<Sent, Refusal> {
    let text = string(&mut parameters, "query", || message!("request-query-string"))?;
    let id = string(&mut parameters, "documentId", || message!("request-document-id-string"))?;
    let mut request = Request::new(String::new());
    request.operation_name = string(&mut parameters, "operationName", || {
        message!("request-operation-name-string")
    })?;
    if let Some(variables) = map::<Value>(&mut parameters, "variables")? {
        request.variables = Variables::from_value(variables);
    }
    if let Some(extensions) = map(&mut parameters, "extensions")? {
        request.extensions = extensions;
    }
    let document = match (text, id, persisted_query(&request.extensions)?) {
        (Some(text), None, hash) => DocumentReference::Text(text, hash),
        (None, Some(id), None) => DocumentReference::Id(id),
        (None, None, Some(hash)) => DocumentReference::Hash(hash),
        (None, None, None) => return Err(Refusal::bad_request(message!("request-query-string"))),
        _ => return Err(Refusal::bad_request(message!("request-document-named-twice"))),
    };
    Ok(Sent { document, request })
}

fn string(
    parameters: &mut Map<String, Json>,
    name: &str,
    otherwise: impl FnOnce() -> Message,
) -> Result<Option<String>, Refusal> {
    match parameters.remove(name) {
        None | Some(Json::Null) => Ok(None),
        Some(Json::String(text)) => Ok(Some(text)),
        Some(_) => Err(Refusal::bad_request(otherwise())),
    }
}

fn map<T: DeserializeOwned>(parameters: &mut Map<String, Json>, name: &str) -> Result<Option<T>, Refusal> {
    match parameters.remove(name) {
        None | Some(Json::Null) => Ok(None),
        Some(value @ Json::Object(_)) => serde_json::from_value(value).map(Some).map_err(|error| {
            Refusal::bad_request(message!(
                "request-parameter-unreadable",
                name,
                error = error.to_string()
            ))
        }),
        Some(_) => Err(Refusal::bad_request(message!("request-parameter-object", name))),
    }
}

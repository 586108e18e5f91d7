//! One connection for all operations of a client: it is reserved, opened, and then told of what comes of operations that
//! are sent in requests of their own.

use async_graphql::{Executor, Request, Value};
use axum::{
    extract::Request as HttpRequest,
    http::{Method, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use futures_util::stream;
use serde_json::json;

use super::{
    EVENT_STREAM_TOKEN,
    distinct::only_reads,
    frame::{Frame, respond},
    streams::{NotBegun, Operation, Streams},
};
use crate::{
    graphql::{ErrorCode, RequestError, error::is_code},
    language::{AnswerLanguage, Message},
    live::{Live, Selection},
    server::{
        Refusal, accept_language,
        graphql_endpoint::{
            GraphqlEndpoint, RequestContext,
            answer::Failure,
            negotiation::MediaType,
            subscription::{Subscription, Told},
        },
    },
};

/// What a request asks of a stream that several operations share.
#[derive(Debug)]
pub(in crate::server::graphql_endpoint) enum Asked {
    /// To reserve one.
    Reserve,
    /// To open the one with this token.
    Open(String),
    /// To execute an operation, whose results come there.
    Execute(String),
    /// To stop one of its operations.
    Stop(String),
    /// Something of a stream that nobody has reserved.
    Unknown,
}

impl Asked {
    /// What a request asks, if it is about such a stream; `events` says whether it would take events itself.
    pub(super) fn of(streams: &Streams, request: &HttpRequest, events: bool) -> Option<Self> {
        if request.method() == Method::PUT {
            return Some(Self::Reserve);
        }
        let token = match request.headers().get(EVENT_STREAM_TOKEN) {
            Some(token) => token.to_str().ok().map(ToOwned::to_owned),
            None => parameter(request, "token"),
        };
        let known = token.as_ref().is_some_and(|token| streams.has(token));
        match (request.method(), token) {
            (&Method::DELETE, Some(token)) if known => Some(Self::Stop(token)),
            (&Method::DELETE, Some(_)) => Some(Self::Unknown),
            (&Method::GET, Some(token)) if known && events => Some(Self::Open(token)),
            (&Method::GET | &Method::POST, Some(token)) if known => Some(Self::Execute(token)),
            (&Method::GET | &Method::POST, Some(_)) if !events => Some(Self::Unknown),
            _ => None,
        }
    }
}

/// A parameter in the query string of a request.
fn parameter(request: &HttpRequest, name: &str) -> Option<String> {
    let query = request.uri().query()?;
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).ok()?;
    pairs.into_iter().find(|(key, _)| key == name).map(|(_, value)| value)
}

/// Answers a request about a stream that several operations share.
pub(super) async fn answer<E: Executor, C: RequestContext>(
    endpoint: &GraphqlEndpoint<E, C>,
    live: &Live,
    request: HttpRequest,
    asked: Asked,
) -> Response {
    let language = accept_language::of_headers(request.headers());
    let answered = match asked {
        Asked::Reserve => reserve(endpoint, live, request).await,
        Asked::Open(token) => open(endpoint, live, request, &token, &language).await,
        Asked::Execute(token) => execute(endpoint, live, request, &token, &language).await,
        Asked::Stop(token) => stop(endpoint, request, &token).await,
        Asked::Unknown => Err(unknown().into()),
    };
    // What is wrong has a status of its own here, whatever the client accepts.
    answered.unwrap_or_else(|failure| failure.into_response(MediaType::GraphqlResponse, &language))
}

fn unknown() -> Refusal {
    Refusal::new(
        StatusCode::NOT_FOUND,
        ErrorCode::BadRequest,
        message!("request-no-such-stream"),
    )
}

async fn reserve<E: Executor, C: RequestContext>(
    endpoint: &GraphqlEndpoint<E, C>,
    live: &Live,
    request: HttpRequest,
) -> Result<Response, Failure> {
    let (parts, _) = request.into_parts();
    let subscriber = endpoint.context.subscriber(&parts).await?;
    let places = vec![live.connection()?, live.connection_of(&subscriber.client)?];
    let patience = live.limits().initialisation;
    let token = endpoint
        .streams
        .reserve(subscriber.client, places, patience)
        .map_err(|error| {
            tracing::error!(%error, "no token for an event stream could be made");
            Refusal::internal()
        })?;
    let headers = [(header::CACHE_CONTROL, "no-store")];
    Ok((StatusCode::CREATED, headers, token).into_response())
}

async fn open<E: Executor, C: RequestContext>(
    endpoint: &GraphqlEndpoint<E, C>,
    live: &Live,
    request: HttpRequest,
    token: &str,
    language: &AnswerLanguage,
) -> Result<Response, Failure> {
    let (parts, _) = request.into_parts();
    // A browser's `EventSource` sends no token of a user; that of the stream is enough, which nobody else knows.
    if parts.headers.contains_key(header::AUTHORIZATION) {
        own(endpoint, &parts, token).await?;
    }
    let open = endpoint.streams.open(token).ok_or_else(|| {
        Refusal::new(
            StatusCode::CONFLICT,
            ErrorCode::BadRequest,
            message!("request-stream-is-open"),
        )
    })?;
    let events = stream::unfold(open, async |mut open| {
        let frame = open.next().await?;
        Some((frame, open))
    });
    Ok(respond(events, live, language))
}

/// Whose stream it is: the client's who sends the request, or it is as if there were none.
async fn own<E: Executor, C: RequestContext>(
    endpoint: &GraphqlEndpoint<E, C>,
    parts: &Parts,
    token: &str,
) -> Result<String, Refusal> {
    let client = endpoint.context.subscriber(parts).await?.client;
    match endpoint.streams.is_of(token, &client) {
        true => Ok(client),
        false => Err(unknown()),
    }
}

async fn stop<E: Executor, C: RequestContext>(
    endpoint: &GraphqlEndpoint<E, C>,
    request: HttpRequest,
    token: &str,
) -> Result<Response, Failure> {
    let id = parameter(&request, "operationId").filter(|id| !id.is_empty());
    let id = id.ok_or_else(|| RequestError::bad_request(message!("request-operation-id")))?;
    let (parts, _) = request.into_parts();
    own(endpoint, &parts, token).await?;
    endpoint.streams.stop(token, &id);
    Ok(StatusCode::OK.into_response())
}

async fn execute<E: Executor, C: RequestContext>(
    endpoint: &GraphqlEndpoint<E, C>,
    live: &Live,
    request: HttpRequest,
    token: &str,
    language: &AnswerLanguage,
) -> Result<Response, Failure> {
    let (mut parts, mut request) = endpoint.read(request).await?;
    parts.extensions.insert(language.clone());
    let client = own(endpoint, &parts, token).await?;
    let id = operation_id(&request)?;
    let most = live.limits().operations;
    let operation = endpoint
        .streams
        .begin(token, &client, &id, most)
        .map_err(|not| not_begun(not, most))?;
    if let Some(selection) = Selection::of(&mut request)? {
        let mut subscription =
            Subscription::open(live.clone(), endpoint.context.clone(), parts, selection, None).await?;
        endpoint.documents.remember(&request);
        let first = subscription.first().await;
        if let Some(Told::End(errors)) = &first
            && errors.iter().all(|error| is_code(error, ErrorCode::BadRequest))
        {
            return Err(Failure::Request(errors.clone(), Default::default()));
        }
        operation.go_on(|operation| follow(operation, first, subscription));
    } else {
        only_reads(&parts, &mut request)?;
        let response = endpoint.answer(&parts, request).await?;
        operation.go_on(async move |operation| {
            if operation.say(Frame::next_of(&operation.id, &response)).await {
                operation.complete().await;
            }
        });
    }
    Ok(StatusCode::ACCEPTED.into_response())
}

/// Tells what a subscription tells, from the first on.
async fn follow<C: RequestContext>(operation: Operation, first: Option<Told>, mut subscription: Subscription<C>) {
    let mut told = first;
    loop {
        let heard = match told {
            None => true,
            Some(Told::Event(_, response)) => operation.say(Frame::next_of(&operation.id, &response)).await,
            Some(Told::End(errors)) => {
                let frame = Frame::next_of(&operation.id, &json!({ "errors": errors }));
                if operation.say(frame).await {
                    operation.complete().await;
                }
                return;
            }
        };
        told = subscription.next().await;
        if !heard || told.is_none() {
            return;
        }
    }
}

/// The id in `extensions.operationId`.
fn operation_id(request: &Request) -> Result<String, RequestError> {
    match request.extensions.get("operationId") {
        Some(Value::String(id)) if !id.is_empty() => Ok(id.clone()),
        _ => Err(RequestError::bad_request(message!("request-operation-id"))),
    }
}

fn not_begun(not: NotBegun, most: usize) -> Failure {
    match not {
        NotBegun::Unknown => unknown().into(),
        NotBegun::InUse => Refusal::new(
            StatusCode::CONFLICT,
            ErrorCode::BadRequest,
            message!("request-operation-id-in-use"),
        )
        .into(),
        NotBegun::TooMany(open) => {
            let message: Message = message!("request-too-many-operations", found = open + 1, limit = most);
            RequestError::limit(message).into()
        }
    }
}

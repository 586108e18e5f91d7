//! GraphQL over HTTP, after the draft of that name (<https://graphql.github.io/graphql-over-http/draft/>).
//!
//! `POST` with a JSON body, or `GET` for queries. A response of an execution has the status 200 and `data`; a request
//! error has no `data`, and the status 400 unless the client only knows `application/json`. Batches are refused.
//!
//! Where there are subscriptions, the same endpoint answers by server-sent events (`event_stream`) and as a WebSocket
//! (`web_socket`), with the same guards and limits.

mod answer;
mod body;
mod context;
mod documents;
mod event_stream;
mod negotiation;
mod parameters;
mod subscription;
mod unique_json;
mod web_socket;

use std::sync::Arc;

use async_graphql::{
    Executor, Request, ServerError,
    parser::{parse_query, types::OperationType},
};
use axum::{
    extract::Request as HttpRequest,
    http::{Method, StatusCode, request::Parts},
    response::{IntoResponse, Response},
    routing::{MethodRouter, any},
};
use tokio::sync::Semaphore;

pub(super) use self::negotiation::thousandths;
use self::{answer::Failure, event_stream::Streams, negotiation::MediaType, parameters::Sent};
pub use self::{
    context::{Anonymous, RequestContext, Subscriber},
    documents::{DocumentSettings, Documents, ManifestError},
};
use super::{accept_language, origins::Origins, refusal::Refusal};
use crate::{
    graphql::{
        NOT_HERE,
        error::{ErrorCode, RequestError, say},
        limits::Limits,
        operation::selected_operation,
        request_id::RequestId,
        specification::ExecutionStarted,
    },
    language::AnswerLanguage,
    live::Live,
};

/// Answers GraphQL requests by a schema that [`Specification`](crate::graphql::specification::Specification) is
/// installed in: without it, every answer is taken for a request error.
#[derive(Clone, Debug)]
pub struct GraphqlEndpoint<E, C> {
    executor: E,
    context: C,
    limits: Limits,
    executions: Arc<Semaphore>,
    live: Option<Live>,
    origins: Origins,
    documents: Documents,
    streams: Streams,
}

impl<E: Executor, C: RequestContext> GraphqlEndpoint<E, C> {
    /// Executes by `executor` what `context` has prepared, within `limits`: the same as the schema's.
    pub fn new(executor: E, context: C, limits: Limits) -> Self {
        Self {
            executor,
            context,
            executions: Arc::new(Semaphore::new(limits.executions)),
            limits,
            live: None,
            origins: Origins::default(),
            documents: Documents::default(),
            streams: Streams::default(),
        }
    }

    /// Carries subscriptions too.
    #[must_use]
    pub fn with_live(mut self, live: Live) -> Self {
        self.live = Some(live);
        self
    }

    /// Lets pages of these origins open WebSockets, beside those of the server's own.
    #[must_use]
    pub fn with_origins(mut self, allowed: Origins) -> Self {
        self.origins = allowed;
        self
    }

    /// Knows these documents.
    #[must_use]
    pub fn with_documents(mut self, documents: Documents) -> Self {
        self.documents = documents;
        self
    }

    /// The handler, for any path.
    pub fn into_route<S: Clone + Send + Sync + 'static>(self) -> MethodRouter<S> {
        any(move |request: HttpRequest| async move { self.handle(request).await })
    }

    async fn handle(&self, request: HttpRequest) -> Response {
        if let Some(live) = &self.live {
            if web_socket::is_wanted(&request) {
                return web_socket::upgrade(self.clone(), live.clone(), request).await;
            }
            if let Some(wanted) = event_stream::wanted(&self.streams, &request) {
                return event_stream::answer(self, live, request, wanted).await;
            }
        }
        let Some(media) = negotiation::choose(request.headers()) else {
            let names = format!(
                "\"{}\" or \"{}\"",
                MediaType::GraphqlResponse.name(),
                MediaType::Json.name()
            );
            let message = message!("request-not-acceptable", names);
            return Refusal::new(StatusCode::NOT_ACCEPTABLE, ErrorCode::BadRequest, message).into_response();
        };
        let language = accept_language::of_headers(request.headers());
        match self.execute(request, &language).await {
            Ok(response) => answer::executed(media, &response, &language),
            Err(failure) => failure.into_response(media, &language),
        }
    }

    async fn execute(
        &self,
        request: HttpRequest,
        language: &AnswerLanguage,
    ) -> Result<async_graphql::Response, Failure> {
        let (mut parts, mut request) = self.read(request).await?;
        parts.extensions.insert(language.clone());
        match operation_type(&mut request)? {
            None | Some(OperationType::Query) => {}
            Some(_) if parts.method == Method::GET => {
                return Err(Refusal::wrong_method("POST", message!("request-only-queries-by-get")).into());
            }
            Some(OperationType::Mutation) => {}
            Some(OperationType::Subscription) => return Err(RequestError::bad_request(NOT_HERE).into()),
        }
        self.answer(&parts, request).await
    }

    /// Reads the GraphQL request in an HTTP request, within the limits.
    async fn read(&self, request: HttpRequest) -> Result<(Parts, Request), Failure> {
        let get = request.method() == Method::GET;
        if !get && request.method() != Method::POST {
            let methods = if self.live.is_some() {
                event_stream::METHODS
            } else {
                "GET, POST"
            };
            return Err(Refusal::wrong_method(methods, message!("request-post-or-get")).into());
        }
        let (parts, body) = request.into_parts();
        let sent = if get {
            parameters::from_query_string(parts.uri.query().unwrap_or_default())?
        } else {
            body::check_headers(&parts.headers)?;
            let bytes = body::read(&parts.headers, body, &self.limits).await?;
            parameters::from_json(&bytes)?
        };
        Ok((parts, self.parse(sent)?))
    }

    /// Executes a query or a mutation that came with the head of an HTTP request.
    async fn answer(&self, parts: &Parts, request: Request) -> Result<async_graphql::Response, Failure> {
        let id = parts.extensions.get::<RequestId>().copied().unwrap_or_default();
        let started = ExecutionStarted::default();
        let request = self
            .context
            .prepare(parts, request)
            .await?
            .data(id)
            .data(started.clone());
        self.documents.remember(&request);
        let execution = async {
            // Nothing closes the semaphore.
            let _turn = self.executions.acquire().await;
            self.executor.execute(request).await
        };
        let mut response = tokio::time::timeout(self.limits.execution_time, execution)
            .await
            .map_err(|_| self.too_slow())?;
        say(&mut response.errors, accept_language::of_parts(parts).get());
        if started.get() {
            Ok(response)
        } else {
            Err(Failure::Request(response.errors, response.extensions))
        }
    }

    /// Finds the document and parses it once, within the limits, so that the schema need not parse again.
    fn parse(&self, sent: Sent) -> Result<Request, Failure> {
        let Sent { document, mut request } = sent;
        request.query = self.documents.find(&document)?;
        self.limits.check_text(&request.query)?;
        let document = parse_query(&request.query).map_err(|error| Failure::syntax(error.into()))?;
        self.limits.check_document(&document)?;
        request.set_parsed_query(document);
        Ok(request)
    }

    fn too_slow(&self) -> Refusal {
        let seconds = self.limits.execution_time.as_secs_f32();
        let message = message!("request-operation-too-slow", seconds = seconds.to_string());
        Refusal::new(StatusCode::SERVICE_UNAVAILABLE, ErrorCode::Timeout, message)
    }
}

/// The type of the operation that is asked for. A document without it may be executed, which reports that.
fn operation_type(request: &mut Request) -> Result<Option<OperationType>, ServerError> {
    let name = request.operation_name.clone();
    let operation = selected_operation(request.parsed_query()?, name.as_deref());
    Ok(operation.map(|operation| operation.node.ty))
}

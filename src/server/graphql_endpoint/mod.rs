//! GraphQL over HTTP, after the draft of that name (<https://graphql.github.io/graphql-over-http/draft/>).
//!
//! `POST` with a JSON body, or `GET` for queries. A response of an execution has the status 200 and `data`; a request
//! error has no `data`, and the status 400 unless the client only knows `application/json`. Batches are refused.

mod answer;
mod body;
mod context;
mod negotiation;
mod parameters;
mod unique_json;

use std::sync::Arc;

use async_graphql::{
    Executor, Request, ServerError,
    parser::{parse_query, types::OperationType},
};
use axum::{
    extract::Request as HttpRequest,
    http::{HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{MethodRouter, any},
};
use tokio::sync::Semaphore;

pub use self::context::{Anonymous, RequestContext};
use self::{answer::Failure, negotiation::MediaType};
use super::refusal::Refusal;
use crate::graphql::{
    error::ErrorCode, limits::Limits, operation::selected_operation, request_id::RequestId,
    specification::ExecutionStarted,
};

/// Answers GraphQL requests by a schema that [`Specification`](crate::graphql::specification::Specification) is
/// installed in: without it, every answer is taken for a request error.
#[derive(Clone, Debug)]
pub struct GraphqlEndpoint<E, C> {
    executor: E,
    context: C,
    limits: Limits,
    executions: Arc<Semaphore>,
}

impl<E: Executor, C: RequestContext> GraphqlEndpoint<E, C> {
    /// Executes by `executor` what `context` has prepared, within `limits`: the same as the schema's.
    pub fn new(executor: E, context: C, limits: Limits) -> Self {
        Self {
            executor,
            context,
            executions: Arc::new(Semaphore::new(limits.executions)),
            limits,
        }
    }

    /// The handler, for any path.
    pub fn into_route<S: Clone + Send + Sync + 'static>(self) -> MethodRouter<S> {
        any(move |request: HttpRequest| async move { self.handle(request).await })
    }

    async fn handle(&self, request: HttpRequest) -> Response {
        let Some(media) = negotiation::choose(request.headers()) else {
            let names = format!(
                "\"{}\" or \"{}\"",
                MediaType::GraphqlResponse.name(),
                MediaType::Json.name()
            );
            let message = format!("Answers are {names}; the Accept header has neither.");
            return Refusal::new(StatusCode::NOT_ACCEPTABLE, ErrorCode::BadRequest, message).into_response();
        };
        match self.execute(request).await {
            Ok(response) => answer::executed(media, &response),
            Err(failure) => failure.into_response(media),
        }
    }

    async fn execute(&self, request: HttpRequest) -> Result<async_graphql::Response, Failure> {
        let get = request.method() == Method::GET;
        if !get && request.method() != Method::POST {
            return Err(wrong_method("GET, POST", "Send GraphQL requests by POST, or queries by GET.").into());
        }
        let (parts, body) = request.into_parts();
        let mut request = if get {
            parameters::from_query_string(parts.uri.query().unwrap_or_default())?
        } else {
            body::check_headers(&parts.headers)?;
            let bytes = body::read(&parts.headers, body, &self.limits).await?;
            parameters::from_json(&bytes)?
        };

        self.parse(&mut request)?;
        if get && !is_query(&mut request)? {
            return Err(wrong_method("POST", "Only queries are executed by GET.").into());
        }

        let id = parts.extensions.get::<RequestId>().copied().unwrap_or_default();
        let started = ExecutionStarted::default();
        let request = self
            .context
            .prepare(&parts, request)
            .await?
            .data(id)
            .data(started.clone());
        let execution = async {
            // Nothing closes the semaphore.
            let _turn = self.executions.acquire().await;
            self.executor.execute(request).await
        };
        let response = tokio::time::timeout(self.limits.execution_time, execution)
            .await
            .map_err(|_| self.too_slow())?;
        if started.get() {
            Ok(response)
        } else {
            Err(Failure::Request(response.errors, response.extensions))
        }
    }

    /// Parses once, within the limits, so that the schema need not parse again.
    fn parse(&self, request: &mut Request) -> Result<(), Failure> {
        self.limits.check_text(&request.query)?;
        let document = parse_query(&request.query).map_err(|error| Failure::syntax(error.into()))?;
        self.limits.check_document(&document)?;
        request.set_parsed_query(document);
        Ok(())
    }

    fn too_slow(&self) -> Refusal {
        let seconds = self.limits.execution_time.as_secs_f32();
        let message = format!("The operation was stopped: it took longer than {seconds} seconds.");
        Refusal::new(StatusCode::SERVICE_UNAVAILABLE, ErrorCode::Timeout, message)
    }
}

/// Whether the request may go by GET. A document without the operation asked for may: execution reports it.
fn is_query(request: &mut Request) -> Result<bool, ServerError> {
    let name = request.operation_name.clone();
    let operation = selected_operation(request.parsed_query()?, name.as_deref());
    Ok(operation.is_none_or(|operation| operation.node.ty == OperationType::Query))
}

fn wrong_method(allowed: &'static str, message: &str) -> Refusal {
    Refusal::new(StatusCode::METHOD_NOT_ALLOWED, ErrorCode::BadRequest, message)
        .with_header(header::ALLOW, HeaderValue::from_static(allowed))
}

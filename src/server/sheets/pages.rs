//! The pages that an export is read in: each is a request of GraphQL like any other.

use super::Sheets;
use crate::{
    graphql::{
        error::{ErrorCode, is_code, retry_after},
        request_id::RequestId,
        specification::ExecutionStarted,
    },
    language::Message,
    server::{failure, graphql_endpoint::RequestContext, refusal::Refusal},
    spreadsheet::{Export, Shape},
};
use async_graphql::{Request, Response, ServerError, Variables};
use axum::http::{StatusCode, request::Parts};
use serde_json::{Map, Value as Json};
use std::time::Duration;

/// How many objects a page has: as many as the API answers at once.
const PAGE: usize = 100;

/// The longest that a page waits for its client's budget.
const LONGEST_WAIT: u64 = 120;

/// A page of an export.
#[derive(Debug)]
pub(super) struct Page {
    /// Its objects; of what is read whole, all of the answer.
    pub(super) data: Json,
    /// Where the next one begins.
    pub(super) next: Option<String>,
}

/// An export as somebody asked for it: who they are is found out for each page, as for each request.
#[derive(Clone)]
pub(super) struct Asked {
    pub(super) sheets: Sheets,
    pub(super) parts: Parts,
    pub(super) export: &'static Export,
    pub(super) variables: Map<String, Json>,
}

impl Asked {
    /// The first page. When it costs more than the client's budget holds, it is not waited for.
    ///
    /// # Errors
    /// When it is refused or fails.
    pub(super) async fn first(&self) -> Result<Page, Refusal> {
        let response = self.response(None).await?;
        self.page(response)
    }

    /// A further page. It waits until the client's budget holds what it costs.
    ///
    /// # Errors
    /// When it is refused or fails: who asked may have lost their role meanwhile.
    pub(super) async fn after(&self, cursor: &str) -> Result<Page, Refusal> {
        loop {
            let response = self.response(Some(cursor)).await?;
            let limited = response
                .errors
                .iter()
                .find(|error| is_code(error, ErrorCode::RateLimited));
            match limited.and_then(retry_after) {
                Some(seconds) => tokio::time::sleep(Duration::from_secs(seconds.min(LONGEST_WAIT))).await,
                None => return self.page(response),
            }
        }
    }

    async fn response(&self, after: Option<&str>) -> Result<Response, Refusal> {
        let mut variables = self.variables.clone();
        if !matches!(self.export.shape, Shape::Whole(_)) {
            variables.insert("first".to_owned(), PAGE.into());
            variables.insert("after".to_owned(), after.into());
        }
        let request = Request::new(self.export.query).variables(Variables::from_json(Json::Object(variables)));
        let id = self.parts.extensions.get::<RequestId>().copied().unwrap_or_default();
        let request = self.sheets.sign_in.prepare(&self.parts, request).await?;
        let request = request.data(id).data(ExecutionStarted::default());
        let execution = async {
            // Nothing closes the semaphore.
            let _turn = self.sheets.pages.acquire().await;
            self.sheets.schema.execute(request).await
        };
        let time = self.sheets.limits.execution_time;
        tokio::time::timeout(time, execution).await.map_err(|_| {
            let message = message!("request-operation-too-slow", seconds = time.as_secs_f32().to_string());
            Refusal::new(StatusCode::SERVICE_UNAVAILABLE, ErrorCode::Timeout, message)
        })
    }

    fn page(&self, response: Response) -> Result<Page, Refusal> {
        if let Some(error) = response.errors.first() {
            return Err(refusal(error));
        }
        let mut data = response.data.into_json().map_err(|error| {
            tracing::error!(%error, "an answer is no JSON");
            failure::internal()
        })?;
        // What waits for somebody is a list of theirs.
        let holder = if data["viewer"].is_object() {
            &mut data["viewer"]
        } else {
            &mut data
        };
        let mut list = holder["list"].take();
        if list.is_null() {
            return Ok(Page { data, next: None });
        }
        let info = &list["pageInfo"];
        let next = info["endCursor"].as_str().filter(|_| info["hasNextPage"] == true);
        let next = next.map(str::to_owned);
        Ok(Page {
            data: list["nodes"].take(),
            next,
        })
    }
}

/// The answer instead of an export that GraphQL refuses.
fn refusal(error: &ServerError) -> Refusal {
    let said = || {
        let message = error.source::<Message>().cloned();
        message.unwrap_or_else(|| message!("spreadsheet-export-refused", reason = error.message))
    };
    let codes = [
        (ErrorCode::BadRequest, StatusCode::BAD_REQUEST),
        (ErrorCode::LimitExceeded, StatusCode::BAD_REQUEST),
        (ErrorCode::Forbidden, StatusCode::FORBIDDEN),
        (ErrorCode::Unavailable, StatusCode::SERVICE_UNAVAILABLE),
        (ErrorCode::Timeout, StatusCode::SERVICE_UNAVAILABLE),
    ];
    if is_code(error, ErrorCode::RateLimited) {
        return Refusal::over_budget(error);
    }
    if is_code(error, ErrorCode::Unauthenticated) {
        return Refusal::invalid_token(said());
    }
    let known = codes.into_iter().find(|(code, _)| is_code(error, *code));
    known.map_or_else(failure::internal, |(code, status)| Refusal::new(status, code, said()))
}

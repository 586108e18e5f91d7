//! The pages that the program carries in itself, each under a content security policy of its own.

mod content;
pub mod graphiql;
pub mod portal;

pub(super) use self::content::Content;

use axum::{
    Json, Router,
    body::Bytes,
    http::{
        HeaderMap, HeaderName, HeaderValue,
        header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS},
    },
    middleware,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use serde::Serialize;
use std::sync::Arc;

/// An actor of the demo with a token to act with.
#[derive(Clone, Debug, Serialize)]
pub struct ActorToken {
    /// Unique; what a person chooses.
    pub name: String,
    /// The bearer token.
    pub token: String,
}

/// The pages, and what they open with.
#[derive(Clone, Debug, Default)]
pub struct Pages {
    /// GraphiQL, below `/graphiql`.
    pub graphiql: graphiql::Configuration,
    /// The reference portal at `/`; without it, that leads to GraphiQL.
    pub portal: Option<portal::Configuration>,
}

impl Pages {
    pub(super) fn routes<S: Clone + Send + Sync + 'static>(self) -> Router<S> {
        let start = match self.portal {
            Some(portal) => portal::routes(portal),
            None => Router::new().route("/", get(|| async { Redirect::temporary("/graphiql") })),
        };
        graphiql::routes(self.graphiql).merge(start)
    }
}

/// A file of a page.
struct File {
    path: &'static str,
    content_type: &'static str,
    content: &'static [u8],
}

/// A page: its files, and at a path of its own what it opens with, which no browser is to keep.
fn page<S, C>(files: &'static [File], opens_with: (&'static str, C), policy: HeaderValue) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    C: Serialize + Send + Sync + 'static,
{
    let (path, configuration) = opens_with;
    let configuration = Arc::new(configuration);
    let opens_with = move || async move { ([(CACHE_CONTROL, "no-store")], Json(&*configuration)).into_response() };
    secured(serve(files).route(path, get(opens_with)), policy)
}

/// The files at their paths.
fn serve<S: Clone + Send + Sync + 'static>(files: &'static [File]) -> Router<S> {
    files.iter().fold(Router::new(), |router, file| {
        let content = Content::new(file.content_type, Bytes::from_static(file.content));
        router.route(
            file.path,
            get(move |headers: HeaderMap| async move { content.answer(&headers) }),
        )
    })
}

/// Tells browsers what a page may load, and that nobody else may frame, sniff or embed it.
fn secured<S: Clone + Send + Sync + 'static>(page: Router<S>, policy: HeaderValue) -> Router<S> {
    page.layer(middleware::map_response(move |mut response: Response| {
        let policy = policy.clone();
        async move {
            response.headers_mut().extend([
                (CONTENT_SECURITY_POLICY, policy),
                (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
                (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
                (
                    HeaderName::from_static("cross-origin-resource-policy"),
                    HeaderValue::from_static("same-origin"),
                ),
            ]);
            response
        }
    }))
}

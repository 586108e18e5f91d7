//! The schema as a text (SDL), for those whom it is described to.

use axum::{
    Router,
    body::Bytes,
    extract::Request,
    http::{HeaderValue, header::VARY},
    response::{IntoResponse, Response},
    routing::get,
};

use super::{SignIn, pages::Content};

/// Browsers show it as text; the media type of GraphQL documents is registered nowhere.
const MEDIA_TYPE: &str = "text/plain; charset=utf-8";

/// The schema at `/schema.graphql`.
pub(super) fn routes<S: Clone + Send + Sync + 'static>(sign_in: SignIn, sdl: String) -> Router<S> {
    let content = Content::new(MEDIA_TYPE, Bytes::from(sdl));
    let handler = async move |request: Request| answer(&sign_in, &content, request).await;
    Router::new().route("/schema.graphql", get(handler))
}

async fn answer(sign_in: &SignIn, content: &Content, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    if let Err(refusal) = sign_in.sees_schema(&parts).await {
        return refusal.into_response();
    }
    let mut response = content.answer(&parts.headers);
    response
        .headers_mut()
        .append(VARY, HeaderValue::from_static("authorization"));
    response
}

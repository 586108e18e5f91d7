//! Uploads and downloads of files, beside GraphQL: `POST /attachments` and `GET /attachments/{id}`.

mod download;
mod upload;
mod wanted;

pub(super) use download::disposition;

use super::{SignIn, refusal::Refusal};
use crate::attachments::Objects;
use axum::{
    Router,
    routing::{get, post},
};

/// What a file costs of its client's budget: as much as some ordinary queries, since it takes a connection for long.
const UPLOAD_POINTS: usize = 2_000;
const DOWNLOAD_POINTS: usize = 200;

/// What uploads and downloads need.
#[derive(Clone, Debug)]
struct Files {
    sign_in: SignIn,
    objects: Objects,
}

/// The routes of files, for users that `sign_in` knows.
pub(super) fn routes(sign_in: SignIn, objects: Objects) -> Router {
    let only = |allowed, message| move || async move { Refusal::wrong_method(allowed, message) };
    Router::new()
        .route(
            "/attachments",
            post(upload::upload).fallback(only("POST", message!("request-send-file-by-post"))),
        )
        .route(
            "/attachments/{id}",
            get(download::download).fallback(only("GET, HEAD", message!("request-read-file-by-get"))),
        )
        .with_state(Files { sign_in, objects })
}

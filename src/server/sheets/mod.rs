//! Sheets in and out, beside GraphQL: `POST /imports`, `GET /imports/template` and `GET /exports/{name}.{xlsx,csv}`.

mod export;
mod exported;
mod import;
mod pages;
mod report;
mod template;

use super::{SignIn, refusal::Refusal};
use crate::{attachments::Objects, graphql::limits::Limits, planning::ImportKind, schema::Schema};
use axum::{
    Router,
    routing::{get, post},
};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// What reading a sheet costs of its client's budget.
const IMPORT_POINTS: usize = 5_000;

/// What a template costs.
const TEMPLATE_POINTS: usize = 50;

/// How many sheets are read at once, for all clients together: each takes up to some hundred megabytes meanwhile.
const READ_AT_ONCE: usize = 2;

/// How many pages of exports are read at once, for all clients together.
const PAGES_AT_ONCE: usize = 4;

/// What imports and exports need.
#[derive(Clone)]
struct Sheets {
    sign_in: SignIn,
    /// Where files are received, and written meanwhile.
    objects: Objects,
    schema: Schema,
    limits: Limits,
    readings: Arc<Semaphore>,
    pages: Arc<Semaphore>,
}

/// The routes of sheets.
pub(super) fn routes(sign_in: SignIn, objects: Objects, schema: Schema, limits: Limits) -> Router {
    let only = |allowed, message| move || async move { Refusal::wrong_method(allowed, message) };
    let by_get = message!("spreadsheet-read-by-get");
    let sheets = Sheets {
        sign_in,
        objects,
        schema,
        limits,
        readings: Arc::new(Semaphore::new(READ_AT_ONCE)),
        pages: Arc::new(Semaphore::new(PAGES_AT_ONCE)),
    };
    Router::new()
        .route(
            "/imports",
            post(import::import).fallback(only("POST", message!("spreadsheet-send-by-post"))),
        )
        .route(
            "/imports/template",
            get(template::template).fallback(only("GET, HEAD", by_get.clone())),
        )
        .route(
            "/exports/{name}",
            get(export::export).fallback(only("GET, HEAD", by_get)),
        )
        .with_state(sheets)
}

/// The kind of sheet that a client names.
fn kind_named(name: &str) -> Result<ImportKind, Refusal> {
    ImportKind::named(name).ok_or_else(|| {
        let known = ImportKind::ALL.map(ImportKind::name).join(", ");
        Refusal::bad_request(message!("spreadsheet-no-such-kind", kind = name, known))
    })
}

use super::{
    Condition, Origins, Pages, SignIn, attachments,
    graphql_endpoint::{Documents, GraphqlEndpoint},
    routes, schema_text, sheets, with_middleware,
};
use crate::{
    access::{Gate, Issuers},
    attachments::Objects,
    database::{Database, StoreError},
    graphql::limits::Limits,
    live::Live,
    schema,
};
use axum::Router;
use serde_json::{Map, json};
use tower_http::{CompressionLevel, compression::CompressionLayer};

/// Everything that the program serves: the API with its subscriptions, which pages of these origins may use too, the
/// files, the sheets, its pages, the schema's text and its health.
pub fn app(
    gate: &Gate,
    sign_in: SignIn,
    objects: Objects,
    pages: Pages,
    live: Live,
    origins: &Origins,
    documents: Documents,
) -> Router {
    let limits = Limits::default();
    let needed = Needed {
        database: gate.database().clone(),
        issuers: sign_in.issuers().clone(),
        objects: objects.clone(),
    };
    let schema = schema::build(&limits);
    let text = schema_text::routes(sign_in.clone(), schema::sdl(&schema));
    let sheets = sheets::routes(sign_in.clone(), objects.clone(), schema.clone(), limits.clone());
    let files = attachments::routes(sign_in.clone(), objects).merge(sheets);
    let endpoint = GraphqlEndpoint::new(schema, sign_in, limits)
        .with_live(live)
        .with_origins(origins.clone())
        .with_documents(documents);
    let ready = move || needed.clone().condition();
    // Not the files: most of them are compressed by themselves.
    let compressed = routes(endpoint, ready)
        .merge(pages.routes())
        .merge(text)
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest));
    origins.share(with_middleware(origins.protect(compressed.merge(files))))
}

/// What the program needs beside itself.
#[derive(Clone)]
struct Needed {
    database: Database,
    issuers: Issuers,
    objects: Objects,
}

impl Needed {
    /// Without a database nothing is served. Without a provider, those go on whose tokens are signed with keys that are
    /// known; without the file store, all but files.
    async fn condition(self) -> Result<Condition, StoreError> {
        self.database.ping().await?;
        let mut lacking = Map::new();
        let providers = self.issuers.condition();
        if providers.unreachable > 0 {
            let told = json!({
                "configured": providers.configured,
                "unreachable": providers.unreachable,
                "withoutKeys": providers.without_keys,
            });
            lacking.insert("identityProviders".to_owned(), told);
        }
        if !self.objects.is_reachable().await {
            lacking.insert("attachments".to_owned(), json!({ "reachable": false }));
        }
        Ok(if lacking.is_empty() {
            Condition::Ready
        } else {
            Condition::Degraded(lacking.into())
        })
    }
}

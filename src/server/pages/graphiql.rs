//! GraphiQL, the page on which a person explores the API. `web/graphiql` builds it.

use axum::Router;
use axum::http::HeaderValue;
use serde::Serialize;

use super::{ActorToken, File, page};

/// What the page offers.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Configuration {
    /// Operations that show how something is asked; the page opens with the first.
    pub examples: Vec<Example>,
    /// The actors that the page offers to act as. Anyone who reaches the page gets them, so only a demo may have any.
    pub tokens: Vec<ActorToken>,
}

/// An operation that shows how something is asked.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Example {
    /// Its name.
    pub name: &'static str,
    /// Its document.
    pub query: &'static str,
    /// Its variables, as JSON text.
    pub variables: &'static str,
}

/// The page below `/graphiql`.
pub fn routes<S: Clone + Send + Sync + 'static>(configuration: Configuration) -> Router<S> {
    page(&FILES, ("/graphiql/configuration.json", configuration), POLICY)
}

const FILES: [File; 5] = [
    File {
        path: "/graphiql",
        content_type: "text/html; charset=utf-8",
        content: include_bytes!("../../../web/graphiql/dist/index.html"),
    },
    File {
        path: "/graphiql/assets/graphiql.js",
        content_type: "text/javascript; charset=utf-8",
        content: include_bytes!("../../../web/graphiql/dist/graphiql.js"),
    },
    File {
        path: "/graphiql/assets/graphiql.css",
        content_type: "text/css; charset=utf-8",
        content: include_bytes!("../../../web/graphiql/dist/graphiql.css"),
    },
    File {
        path: "/graphiql/assets/worker.js",
        content_type: "text/javascript; charset=utf-8",
        content: include_bytes!("../../../web/graphiql/dist/worker.js"),
    },
    File {
        path: "/graphiql/assets/licences.txt",
        content_type: "text/plain; charset=utf-8",
        content: include_bytes!("../../../web/graphiql/dist/licences.txt"),
    },
];

/// The editor sets styles on its elements, hence `unsafe-inline` for those; nothing else may come from elsewhere.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; worker-src 'self'; \
     font-src 'self' data:; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);

#[cfg(test)]
mod tests {
    use axum::body::{Body, to_bytes};
    use axum::http::header::{
        CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH, REFERRER_POLICY,
        X_CONTENT_TYPE_OPTIONS,
    };
    use axum::http::{Request, StatusCode};
    use axum::response::Response;
    use tower::ServiceExt;

    use super::*;

    async fn ask(path: &str, known: Option<&HeaderValue>) -> Response {
        let configuration = Configuration {
            examples: vec![Example {
                name: "Name",
                query: "{ viewer { name } }",
                variables: "{}",
            }],
            tokens: vec![ActorToken {
                name: "coordinator".into(),
                token: "secret".into(),
            }],
        };
        let mut request = Request::get(path);
        if let Some(tag) = known {
            request = request.header(IF_NONE_MATCH, tag);
        }
        let request = request.body(Body::empty()).expect("a valid request");
        routes::<()>(configuration)
            .with_state(())
            .oneshot(request)
            .await
            .expect("infallible")
    }

    #[tokio::test]
    async fn serves_each_file_under_a_strict_policy() {
        for file in &FILES {
            let response = ask(file.path, None).await;
            assert_eq!(response.status(), StatusCode::OK, "{}", file.path);
            assert_eq!(response.headers()[CONTENT_TYPE], file.content_type);
            assert_eq!(response.headers()[CONTENT_SECURITY_POLICY], POLICY);
            assert_eq!(response.headers()[X_CONTENT_TYPE_OPTIONS], "nosniff");
            assert_eq!(response.headers()[REFERRER_POLICY], "no-referrer");
        }
    }

    #[tokio::test]
    async fn page_names_only_files_that_are_served() {
        let page = std::str::from_utf8(FILES[0].content).expect("text");
        let links: Vec<_> = page.split('"').filter(|part| part.starts_with("graphiql/")).collect();
        assert!(!links.is_empty());
        for link in links {
            assert!(
                FILES.iter().any(|file| file.path == format!("/{link}")),
                "{link} is not served"
            );
        }
    }

    #[tokio::test]
    async fn spares_a_browser_what_it_has() {
        let tag = ask("/graphiql/assets/graphiql.js", None).await.headers()[ETAG].clone();
        let again = ask("/graphiql/assets/graphiql.js", Some(&tag)).await;
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
        let other = ask("/graphiql/assets/worker.js", Some(&tag)).await;
        assert_eq!(other.status(), StatusCode::OK);
    }

    #[tokio::test]
    async fn configuration_is_not_stored() {
        let response = ask("/graphiql/configuration.json", None).await;
        assert_eq!(response.headers()[CACHE_CONTROL], "no-store");
        let body = to_bytes(response.into_body(), 1024).await.expect("a body");
        let body: serde_json::Value = serde_json::from_slice(&body).expect("JSON");
        assert_eq!(body["tokens"][0]["name"], "coordinator");
        assert_eq!(body["examples"][0]["query"], "{ viewer { name } }");
    }
}

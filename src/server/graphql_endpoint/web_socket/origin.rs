use std::sync::Arc;

use axum::http::{HeaderValue, StatusCode, Uri, header, request::Parts};

use crate::{graphql::ErrorCode, server::Refusal};

/// The origins of pages that may open WebSockets beside the server's own. Browsers keep a page from reading another
/// server's answers, but let it open WebSockets anywhere, and leave it to the server whether it may (RFC 6455, section
/// 10.2).
#[derive(Clone, Debug, Default)]
pub(in crate::server::graphql_endpoint) struct Origins(Arc<[String]>);

impl Origins {
    pub(in crate::server::graphql_endpoint) fn new(allowed: &[String]) -> Self {
        Self(allowed.iter().map(|origin| normal(origin)).collect())
    }

    /// Refuses a page of another origin. Who sends no origin is no page.
    pub(in crate::server::graphql_endpoint) fn check(&self, parts: &Parts) -> Result<(), Refusal> {
        let Some(origin) = parts.headers.get(header::ORIGIN) else {
            return Ok(());
        };
        let origin = origin.to_str().map(normal).unwrap_or_default();
        let own = host(parts).is_some_and(|host| origin.split_once("://").is_some_and(|(_, of)| of == normal(&host)));
        if own || self.0.contains(&origin) {
            return Ok(());
        }
        let message = message!("request-origin-refused");
        Err(Refusal::new(StatusCode::FORBIDDEN, ErrorCode::Forbidden, message))
    }
}

/// The host and port that the request is for.
fn host(parts: &Parts) -> Option<String> {
    let target = parts.uri.authority().map(ToString::to_string);
    target.or_else(|| {
        let header: Option<&HeaderValue> = parts.headers.get(header::HOST);
        let host: Uri = header?.to_str().ok()?.parse().ok()?;
        host.authority().map(ToString::to_string)
    })
}

fn normal(text: &str) -> String {
    text.trim_end_matches('/').to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::Request;

    fn may(allowed: &[&str], host: &str, origin: Option<&str>) -> bool {
        let mut request = Request::get("/graphql").header(header::HOST, host);
        if let Some(origin) = origin {
            request = request.header(header::ORIGIN, origin);
        }
        let (parts, ()) = request.body(()).unwrap().into_parts();
        let allowed: Vec<String> = allowed.iter().map(ToString::to_string).collect();
        Origins::new(&allowed).check(&parts).is_ok()
    }

    #[test]
    fn a_page_of_the_servers_own_may() {
        assert!(may(&[], "samsyn.example.org", Some("https://samsyn.example.org")));
        assert!(may(&[], "localhost:8080", Some("http://localhost:8080")));
        assert!(may(&[], "samsyn.example.org", None));
    }

    #[test]
    fn others_may_where_they_are_allowed() {
        let portal = Some("https://Portal.example.org");
        assert!(!may(&[], "samsyn.example.org", portal));
        assert!(may(&["https://portal.example.org/"], "samsyn.example.org", portal));
        for origin in [
            "null",
            "",
            "https://samsyn.example.org.evil.example",
            "https://samsyn.example.org:444",
            "http://portal.example.org",
        ] {
            assert!(
                !may(&["https://portal.example.org"], "samsyn.example.org", Some(origin)),
                "{origin}"
            );
        }
    }
}

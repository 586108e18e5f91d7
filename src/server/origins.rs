//! Pages of other origins: which may send requests and open WebSockets, and which read the answers.
//!
//! Samsyn knows its users by a header that no browser sends by itself, so that a page of another origin has nothing to gain
//! by a request of a signed-in user's browser. It is refused all the same, before anything is done.

use std::{fmt, sync::Arc, time::Duration};

use axum::{
    Router,
    http::{HeaderValue, Method, StatusCode, Uri, header, request::Parts},
    response::IntoResponse,
};
use tower_http::{
    cors::{AllowHeaders, AllowMethods, AllowOrigin, CorsLayer, ExposeHeaders},
    csrf::{ConfigError, CsrfLayer, ProtectionError},
};

use super::{REQUEST_ID_HEADER, Refusal};
use crate::graphql::ErrorCode;

/// How long a browser may keep what it was told of what a page may send.
const PREFLIGHT_AGE: Duration = Duration::from_secs(3_600);

/// The origins of pages that may use the API beside the server's own.
#[derive(Clone, Debug, Default)]
pub struct Origins {
    allowed: Arc<[String]>,
    protection: CsrfLayer,
}

/// An origin that no browser sends.
#[derive(Debug)]
pub struct BadOrigin {
    origin: String,
    reason: ConfigError,
}

impl fmt::Display for BadOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { origin, reason } = self;
        write!(
            f,
            "allowed_origins: {origin:?} is no origin as browsers send it, such as https://portal.example.org ({reason})"
        )
    }
}

impl std::error::Error for BadOrigin {}

impl Origins {
    /// These, each as `scheme://host[:port]`.
    ///
    /// # Errors
    /// When one of them is not written like that.
    pub fn new(allowed: &[String]) -> Result<Self, BadOrigin> {
        let allowed: Arc<[String]> = allowed.iter().map(|origin| normal(origin)).collect();
        let protection = allowed.iter().try_fold(CsrfLayer::new(), |layer, origin| {
            layer.add_trusted_origin(origin).map_err(|reason| BadOrigin {
                origin: origin.clone(),
                reason,
            })
        })?;
        Ok(Self { allowed, protection })
    }

    /// Refuses a page of another origin. Who sends no origin is no page.
    ///
    /// Browsers keep a page from reading another server's answers, but let it open WebSockets anywhere, and leave it to the
    /// server whether it may (RFC 6455, section 10.2).
    pub(super) fn check(&self, parts: &Parts) -> Result<(), Refusal> {
        let Some(origin) = parts.headers.get(header::ORIGIN) else {
            return Ok(());
        };
        let origin = origin.to_str().map(normal).unwrap_or_default();
        let own = host(parts).is_some_and(|host| origin.split_once("://").is_some_and(|(_, of)| of == normal(&host)));
        if own || self.allowed.contains(&origin) {
            return Ok(());
        }
        Err(refused())
    }

    /// Keeps pages of other origins from sending what may change something.
    pub(super) fn protect(&self, routes: Router) -> Router {
        let protection = self.protection.clone();
        routes.layer(protection.with_rejection_response(|_: ProtectionError| refused().into_response()))
    }

    /// Tells browsers which pages of other origins may read the answers.
    pub(super) fn share(&self, routes: Router) -> Router {
        routes.layer(self.sharing())
    }

    /// Cross-origin resource sharing (Fetch, section 3.2). Without credentials: tokens are sent in a header.
    fn sharing(&self) -> CorsLayer {
        let origins = self
            .allowed
            .iter()
            .filter_map(|origin| HeaderValue::from_str(origin).ok());
        CorsLayer::new()
            .allow_origin(AllowOrigin::list(origins))
            .allow_methods(AllowMethods::list([
                Method::GET,
                Method::POST,
                Method::PUT,
                Method::DELETE,
            ]))
            // Tools send headers of their own, and none can do harm: no browser adds a user's token by itself.
            .allow_headers(AllowHeaders::mirror_request())
            .expose_headers(ExposeHeaders::list([
                REQUEST_ID_HEADER,
                header::RETRY_AFTER,
                header::CONTENT_LANGUAGE,
                header::CONTENT_DISPOSITION,
                header::ETAG,
                header::WWW_AUTHENTICATE,
            ]))
            .max_age(PREFLIGHT_AGE)
    }
}

fn refused() -> Refusal {
    Refusal::new(
        StatusCode::FORBIDDEN,
        ErrorCode::Forbidden,
        message!("request-origin-refused"),
    )
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
        Origins::new(&allowed).unwrap().check(&parts).is_ok()
    }

    #[test]
    fn what_no_browser_sends_is_refused() {
        for origin in [
            "portal.example.org",
            "https://portal.example.org/start",
            "*",
            "https://bück.example",
        ] {
            assert!(Origins::new(&[origin.to_owned()]).is_err(), "{origin}");
        }
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

//! The reference portal, which shows frontend teams how one is built on the API. `examples/portal` builds it.

use axum::Router;
use axum::http::HeaderValue;
use serde::Serialize;

use super::{ActorToken, File, page};

/// What the portal opens with.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Configuration {
    /// The control year that it shows first; the calendar's where there is none.
    pub year: Option<i32>,
    /// The actors that it offers to act as. Anyone who reaches the page gets them, so only a demo may have any.
    pub tokens: Vec<ActorToken>,
}

/// The portal at `/`.
pub(in crate::server) fn routes<S: Clone + Send + Sync + 'static>(configuration: Configuration) -> Router<S> {
    page(&FILES, ("/configuration.json", configuration), POLICY)
}

const FILES: [File; 4] = [
    File {
        path: "/",
        content_type: "text/html; charset=utf-8",
        content: include_bytes!("../../../examples/portal/dist/index.html"),
    },
    File {
        path: "/assets/portal.js",
        content_type: "text/javascript; charset=utf-8",
        content: include_bytes!("../../../examples/portal/dist/assets/portal.js"),
    },
    File {
        path: "/assets/portal.css",
        content_type: "text/css; charset=utf-8",
        content: include_bytes!("../../../examples/portal/dist/assets/portal.css"),
    },
    File {
        path: "/assets/licences.txt",
        content_type: "text/plain; charset=utf-8",
        content: include_bytes!("../../../examples/portal/dist/assets/licences.txt"),
    },
];

/// Nothing but its own files and the API.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_names_only_files_that_are_served() {
        let page = std::str::from_utf8(FILES[0].content).unwrap();
        let links: Vec<_> = page.split('"').filter(|part| part.starts_with("./")).collect();
        assert!(!links.is_empty());
        for link in links {
            assert!(
                FILES.iter().any(|file| file.path == link.trim_start_matches('.')),
                "{link} is not served"
            );
        }
    }
}

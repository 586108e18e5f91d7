//! The file store as an S3-compatible one.

use super::{ObjectsError, S3Settings};
use axum::http::Uri;
use object_store::{
    ClientOptions, RetryConfig,
    aws::{AmazonS3, AmazonS3Builder},
};
use std::{net::IpAddr, time::Duration};

/// How long the store may take to take a connection, and to say something.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long a part or a whole object may be on its way.
const TRANSFER: Duration = Duration::from_secs(300);

/// For how long, and how often, a request is sent again: somebody waits.
const RETRYING: Duration = Duration::from_secs(30);
const RETRIES: usize = 3;

/// The store that the settings name, signed with what the environment has.
pub(super) fn open(settings: &S3Settings) -> Result<AmazonS3, ObjectsError> {
    // An error says that one is installed already.
    drop(rustls::crypto::ring::default_provider().install_default());
    let mut builder = AmazonS3Builder::from_env()
        .with_bucket_name(&settings.bucket)
        .with_region(&settings.region);
    let mut options = ClientOptions::new()
        .with_connect_timeout(PATIENCE)
        .with_read_timeout(PATIENCE)
        .with_timeout(TRANSFER);
    if let Some(endpoint) = &settings.endpoint {
        builder = builder.with_endpoint(endpoint);
        options = options.with_allow_http(takes_plain_http(endpoint)?);
    }
    let retry = RetryConfig {
        max_retries: RETRIES,
        retry_timeout: RETRYING,
        ..RetryConfig::default()
    };
    Ok(builder.with_client_options(options).with_retry(retry).build()?)
}

/// Whether the address is one on this machine without TLS. Elsewhere that is refused: content would go in the clear.
fn takes_plain_http(endpoint: &str) -> Result<bool, ObjectsError> {
    let refused = |reason: &str| Err(ObjectsError::Settings(format!("the endpoint {endpoint}: {reason}")));
    let Ok(uri) = endpoint.parse::<Uri>() else {
        return refused("it is no address");
    };
    let host = uri.host().unwrap_or_default();
    let here = host == "localhost"
        || host
            .trim_matches(['[', ']'])
            .parse()
            .is_ok_and(|address: IpAddr| address.is_loopback());
    match uri.scheme_str() {
        Some("https") => Ok(false),
        Some("http") if here => Ok(true),
        Some("http") => refused("it has to be https://, since it is not on this machine"),
        _ => refused("it begins with https://"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_this_machine() {
        for (endpoint, plain) in [
            ("https://s3.example.org", false),
            ("http://127.0.0.1:9000", true),
            ("http://localhost:9000", true),
            ("http://[::1]:9000", true),
        ] {
            assert_eq!(takes_plain_http(endpoint).unwrap(), plain, "{endpoint}");
        }
        for endpoint in [
            "http://s3.example.org",
            "s3.example.org",
            "ftp://127.0.0.1",
            "http://10.0.0.1",
            "",
        ] {
            assert!(takes_plain_http(endpoint).is_err(), "{endpoint}");
        }
    }
}

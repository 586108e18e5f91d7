use super::{Refusal, failed_sign_in, graphql_endpoint::RequestContext};
use crate::{
    access::{Gate, Identity, LocalTokens},
    graphql::{Caller, request_id::RequestId},
};
use async_graphql::Request;
use axum::http::{HeaderValue, header::AUTHORIZATION, request::Parts};

/// Finds out who sends a request: a user by their bearer token (RFC 6750), or the public.
#[derive(Clone, Debug)]
pub struct SignIn {
    gate: Gate,
    tokens: LocalTokens,
    public_municipality: Option<String>,
}

impl SignIn {
    /// Signs in at `gate` with `tokens`. Requests without a token read the published reports of the municipality with
    /// the code `public_municipality`, or are refused when that is none.
    #[must_use]
    pub fn new(gate: Gate, tokens: LocalTokens, public_municipality: Option<String>) -> Self {
        Self {
            gate,
            tokens,
            public_municipality,
        }
    }

    fn identity(&self, parts: &Parts) -> Result<Identity, Refusal> {
        let Some(header) = parts.headers.get(AUTHORIZATION) else {
            let public = self.public_municipality.clone();
            return public
                .map(|municipality_code| Identity::Public { municipality_code })
                .ok_or_else(|| Refusal::unauthenticated("Send a token: `Authorization: Bearer TOKEN`."));
        };
        let Some(token) = bearer(header) else {
            return Err(Refusal::unauthenticated(
                "The Authorization header is not understood: send `Authorization: Bearer TOKEN`.",
            ));
        };
        self.tokens
            .verify(token)
            .map_err(|error| Refusal::unauthenticated(format!("Sign in again: {error}.")))
    }
}

/// The token in the header, if it has one.
fn bearer(header: &HeaderValue) -> Option<&str> {
    let (scheme, token) = header.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

impl RequestContext for SignIn {
    async fn prepare(&self, parts: &Parts, request: Request) -> Result<Request, Refusal> {
        let id = parts.extensions.get::<RequestId>().copied().unwrap_or_default();
        let identity = match self.identity(parts) {
            Ok(identity) => identity,
            Err(refusal) => {
                if let Some(token) = parts.headers.get(AUTHORIZATION).and_then(bearer) {
                    failed_sign_in::tell(&self.gate, &self.tokens, token, id.uuid()).await;
                }
                return Err(refusal);
            }
        };
        Ok(request.data(Caller::new(self.gate.clone(), identity, id.uuid())))
    }
}

use super::{Refusal, graphql_endpoint::RequestContext};
use crate::{
    access::{Gate, Identity, LocalTokens, ServiceSecret},
    graphql::{Caller, request_id::RequestId},
};
use async_graphql::Request;
use axum::http::{header::AUTHORIZATION, request::Parts};

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
        let token = header
            .to_str()
            .ok()
            .and_then(|header| header.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
            .map(|(_, token)| token.trim());
        let Some(token) = token else {
            return Err(Refusal::unauthenticated(
                "The Authorization header is not understood: send `Authorization: Bearer TOKEN`.",
            ));
        };
        if let Some(secret) = ServiceSecret::recognise(token) {
            let malformed = || Refusal::unauthenticated("Sign in again: that is no token of a service account.");
            return secret.identity().ok_or_else(malformed);
        }
        self.tokens
            .verify(token)
            .map_err(|error| Refusal::unauthenticated(format!("Sign in again: {error}.")))
    }
}

impl RequestContext for SignIn {
    async fn prepare(&self, parts: &Parts, request: Request) -> Result<Request, Refusal> {
        let identity = self.identity(parts)?;
        let id = parts.extensions.get::<RequestId>().copied().unwrap_or_default();
        Ok(request.data(Caller::new(self.gate.clone(), identity, id.uuid())))
    }
}

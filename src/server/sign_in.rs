use super::{
    Refusal, accept_language, failed_sign_in,
    graphql_endpoint::{RequestContext, Subscriber},
};
use crate::{
    access::{BearerTokens, Gate, Identity, Issuers, RefusedToken, TokenRefusal, expiry_of},
    database::StoreError,
    graphql::{
        Caller,
        limits::{Allowance, Budgets},
        request_id::RequestId,
        specification::Unsuggested,
    },
    organisation::normal_host,
};
use async_graphql::Request;
use axum::extract::ConnectInfo;
use axum::http::{
    HeaderValue,
    header::{AUTHORIZATION, HOST},
    request::Parts,
};
use std::{net::SocketAddr, num::NonZeroU32};
use uuid::Uuid;

/// Points of complexity in a client's budget, when nothing else is said.
pub const DEFAULT_BUDGET: NonZeroU32 = match NonZeroU32::new(400_000) {
    Some(points) => points,
    None => NonZeroU32::MIN,
};

/// How many of them are restored every second.
pub const DEFAULT_RESTORED: NonZeroU32 = match NonZeroU32::new(4_000) {
    Some(points) => points,
    None => NonZeroU32::MIN,
};

/// What the text of the schema costs, in points of complexity: as much as an introspection query about.
const SCHEMA_POINTS: usize = 1_000;

/// Finds out who sends a request: a user by their bearer token (RFC 6750), or the public.
#[derive(Clone, Debug)]
pub struct SignIn {
    gate: Gate,
    tokens: BearerTokens,
    public_municipality: Option<String>,
    budgets: Budgets,
    public_introspection: bool,
}

impl SignIn {
    /// Signs in at `gate` with `tokens`. Requests without a token read the published reports of the municipality with
    /// the code `public_municipality`, or are refused when that is none.
    #[must_use]
    pub fn new(gate: Gate, tokens: impl Into<BearerTokens>, public_municipality: Option<String>) -> Self {
        Self {
            gate,
            tokens: tokens.into(),
            public_municipality,
            budgets: Budgets::new(DEFAULT_BUDGET, DEFAULT_RESTORED),
            public_introspection: true,
        }
    }

    /// Gives each client a budget.
    #[must_use]
    pub fn with_budgets(mut self, budgets: Budgets) -> Self {
        self.budgets = budgets;
        self
    }

    /// Whether the schema's description is answered to those without a token, and fields are suggested to them.
    #[must_use]
    pub fn with_public_introspection(mut self, answered: bool) -> Self {
        self.public_introspection = answered;
        self
    }

    /// The providers whose tokens are taken.
    #[must_use]
    pub fn issuers(&self) -> &Issuers {
        self.tokens.issuers()
    }

    /// Who it is, and by what their budget is told from others'.
    async fn signed_in(&self, parts: &Parts, id: RequestId) -> Result<(Identity, String), Refusal> {
        let identity = self.identity(parts, id.uuid()).await?;
        match self.client(&identity, parts).await? {
            Some(client) => Ok((identity, client)),
            None => Err(self.refused(TokenRefusal::Invalid.into(), id.uuid()).await),
        }
    }

    async fn identity(&self, parts: &Parts, request_id: Uuid) -> Result<Identity, Refusal> {
        let of_host = self.municipality_of_host(parts).await?;
        let Some(header) = parts.headers.get(AUTHORIZATION) else {
            let municipality_id = match of_host {
                Some(of_host) => Some(of_host),
                None => self.public_municipality().await?,
            };
            return municipality_id
                .map(|municipality_id| Identity::Public { municipality_id })
                .ok_or_else(|| Refusal::unauthenticated(message!("request-send-token")));
        };
        let token =
            bearer(header).ok_or_else(|| Refusal::unauthenticated(message!("request-authorization-not-understood")))?;
        match self.tokens.verify(token, self.gate.directory(), of_host).await {
            Ok(identity) => Ok(identity),
            Err(refused) => Err(self.refused(refused, request_id).await),
        }
    }

    async fn refused(&self, refused: RefusedToken, request_id: Uuid) -> Refusal {
        failed_sign_in::tell(&self.gate, &refused, request_id).await;
        refusal(&refused)
    }

    /// Who sends a request, and their budget.
    async fn caller(&self, parts: &Parts) -> Result<(Caller, Allowance), Refusal> {
        let id = parts.extensions.get::<RequestId>().copied().unwrap_or_default();
        let (identity, client) = self.signed_in(parts, id).await?;
        let language = accept_language::of_parts(parts);
        let caller = Caller::new(self.gate.clone(), identity, id.uuid()).with_answer_language(language);
        Ok((caller, self.budgets.of(client)))
    }

    /// The user who sends a request that is no GraphQL, and costs so many points of their budget.
    ///
    /// # Errors
    /// When nobody has signed in, or the budget does not hold as much.
    pub(super) async fn user(&self, parts: &Parts, points: usize) -> Result<Caller, Refusal> {
        let (caller, allowance) = self.caller(parts).await?;
        allowance.spend(points).map_err(|error| Refusal::over_budget(&error))?;
        if matches!(caller.identity(), Identity::Public { .. }) {
            return Err(Refusal::unauthenticated(message!("request-sign-in-first")));
        }
        Ok(caller)
    }

    /// Lets those see the schema whom it is described to.
    ///
    /// # Errors
    /// When it is described to signed-in users alone, and nobody has signed in.
    pub(super) async fn sees_schema(&self, parts: &Parts) -> Result<(), Refusal> {
        if self.public_introspection {
            return Ok(());
        }
        self.user(parts, SCHEMA_POINTS).await.map(drop)
    }

    /// Who has a budget of their own: a user, a service account, or an address that sends no token. None with the token of
    /// a service account that nobody was ever given: anybody can write one down.
    async fn client(&self, identity: &Identity, parts: &Parts) -> Result<Option<String>, Refusal> {
        Ok(match identity {
            Identity::User { user_id, .. } => Some(user_id.to_string()),
            Identity::External { issuer, subject, .. } => Some(format!("{issuer} {subject}")),
            Identity::Service { .. } => {
                let account = self.gate.account_of_token(identity).await.map_err(out_of_reach)?;
                account.map(|id| id.to_string())
            }
            Identity::Public { municipality_id } => {
                let address = parts.extensions.get::<ConnectInfo<SocketAddr>>();
                let address = address.map(|ConnectInfo(address)| address.ip().to_string());
                Some(format!("{municipality_id} {}", address.unwrap_or_default()))
            }
        })
    }

    /// The municipality whose public reads it at the host that the request is for.
    async fn municipality_of_host(&self, parts: &Parts) -> Result<Option<Uuid>, Refusal> {
        match host_name(parts) {
            None => Ok(None),
            Some(host) => self.gate.directory().by_host(&host).await.map_err(out_of_reach),
        }
    }

    /// The municipality that the public reads at every other host.
    async fn public_municipality(&self) -> Result<Option<Uuid>, Refusal> {
        match &self.public_municipality {
            None => Ok(None),
            Some(code) => self.gate.directory().by_code(code).await.map_err(out_of_reach),
        }
    }
}

/// The answer to a token that was refused. Its challenge says that it is the token (RFC 6750, section 3.1).
fn refusal(refused: &RefusedToken) -> Refusal {
    match &refused.refusal {
        refusal @ (TokenRefusal::Unavailable | TokenRefusal::Store(_)) => {
            Refusal::unavailable(message!("access-not-signed-in", reason = refusal.message()))
        }
        refusal => Refusal::invalid_token(message!("access-sign-in-again", reason = refusal.message())),
    }
}

/// The token in the header, if it has one.
fn bearer(header: &HeaderValue) -> Option<&str> {
    let (scheme, token) = header.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

impl RequestContext for SignIn {
    async fn prepare(&self, parts: &Parts, request: Request) -> Result<Request, Refusal> {
        let (caller, allowance) = self.caller(parts).await?;
        let mut request = request.data(allowance);
        if matches!(caller.identity(), Identity::Public { .. }) && !self.public_introspection {
            request = request.disable_introspection().data(Unsuggested);
        }
        Ok(request.data(caller))
    }

    async fn subscriber(&self, parts: &Parts) -> Result<Subscriber, Refusal> {
        let id = parts.extensions.get::<RequestId>().copied().unwrap_or_default();
        let (identity, client) = self.signed_in(parts, id).await?;
        let until = match &identity {
            Identity::Service { .. } => self.gate.expiry_of_token(&identity).await.map_err(out_of_reach)?,
            Identity::Public { .. } => None,
            Identity::User { .. } | Identity::External { .. } => {
                parts.headers.get(AUTHORIZATION).and_then(bearer).and_then(expiry_of)
            }
        };
        Ok(Subscriber {
            client,
            municipality_id: identity.municipality_id(),
            until,
        })
    }
}

/// The host that a request is for: the one in its target (HTTP/2, and requests to a proxy), else its `Host` header
/// (RFC 9110, section 7.2).
fn host_name(parts: &Parts) -> Option<String> {
    let authority = match parts.uri.authority() {
        Some(authority) => authority.clone(),
        None => parts.headers.get(HOST)?.to_str().ok()?.parse().ok()?,
    };
    Some(normal_host(authority.host()))
}

fn out_of_reach(error: StoreError) -> Refusal {
    tracing::error!(%error, "the municipalities cannot be read");
    Refusal::unavailable(message!("request-database-unavailable"))
}

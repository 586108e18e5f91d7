use super::{Directory, Identity, Issuers, LocalTokens, RefusedToken, ServiceSecret, TokenRefusal};
use uuid::Uuid;

/// The bearer tokens that are taken: of service accounts, of OpenID Connect providers, and, where the operator allows
/// them, of this installation itself.
#[derive(Clone, Debug, Default)]
pub struct BearerTokens {
    local: Option<LocalTokens>,
    issuers: Issuers,
}

impl BearerTokens {
    /// Takes the tokens of these providers.
    #[must_use]
    pub fn of_issuers(issuers: Issuers) -> Self {
        Self { local: None, issuers }
    }

    /// Takes the tokens of this installation too.
    #[must_use]
    pub fn with_local(mut self, local: LocalTokens) -> Self {
        self.local = Some(local);
        self
    }

    /// The providers whose tokens are taken.
    #[must_use]
    pub fn issuers(&self) -> &Issuers {
        &self.issuers
    }

    /// Who comes with a token. `of_host` is the municipality of the request's host: the tokens of others are refused there.
    ///
    /// # Errors
    /// When the token is refused.
    pub async fn verify(
        &self,
        token: &str,
        directory: &Directory,
        of_host: Option<Uuid>,
    ) -> Result<Identity, RefusedToken> {
        let identity = if let Some(secret) = ServiceSecret::recognise(token) {
            secret.identity().ok_or(TokenRefusal::Invalid)?
        } else if let Some(provider) = self.issuers.of(token) {
            provider.verify(token, directory, of_host).await?
        } else {
            let local = self.local.as_ref().ok_or(TokenRefusal::Invalid)?;
            local.verify(token)?
        };
        if of_host.is_some_and(|of_host| of_host != identity.municipality_id()) {
            return Err(RefusedToken {
                refusal: TokenRefusal::OtherMunicipality,
                claimed: Some(identity),
            });
        }
        Ok(identity)
    }
}

impl From<LocalTokens> for BearerTokens {
    fn from(local: LocalTokens) -> Self {
        Self::default().with_local(local)
    }
}

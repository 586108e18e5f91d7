use super::Identity;
use crate::{audit::SignInFailure, database::StoreError, language::Message};

/// Why a token is refused.
#[derive(Debug)]
pub enum TokenRefusal {
    /// The token was valid once.
    Expired,
    /// The token is not valid yet.
    NotYetValid,
    /// The token is for another service.
    Audience,
    /// The token is signed in a way that is not taken.
    Algorithm,
    /// The token is signed with none of its provider's keys.
    UnknownKey,
    /// The token lacks something.
    Claim(String),
    /// The token has an address that anybody may have entered.
    UnverifiedEmail,
    /// The token's provider does not vouch for users of the municipality.
    OtherMunicipality,
    /// The token's provider vouches for users of several municipalities, and nothing says which it is.
    SeveralMunicipalities,
    /// The token is not one that is understood here.
    Invalid,
    /// The provider has not answered since the program began.
    Unavailable,
    /// The database failed.
    Store(StoreError),
}

/// A token that was refused.
#[derive(Debug)]
pub struct RefusedToken {
    /// Why.
    pub refusal: TokenRefusal,
    /// Whom it was given to, where its signature is good.
    pub claimed: Option<Identity>,
}

impl TokenRefusal {
    /// The reason, for the client to read: the end of a sentence.
    #[must_use]
    pub fn message(&self) -> Message {
        match self {
            Self::Expired => message!("access-token-expired"),
            Self::NotYetValid => message!("access-token-not-yet-valid"),
            Self::Audience => message!("access-token-audience"),
            Self::Algorithm => message!("access-token-algorithm"),
            Self::UnknownKey => message!("access-token-unknown-key"),
            Self::Claim(claim) => message!("access-token-claim", claim),
            Self::UnverifiedEmail => message!("access-token-unverified-email"),
            Self::OtherMunicipality => message!("access-token-other-municipality"),
            Self::SeveralMunicipalities => message!("access-token-several-municipalities"),
            Self::Invalid => message!("access-token-invalid"),
            Self::Unavailable => message!("access-provider-unavailable"),
            Self::Store(_) => message!("access-database-unavailable"),
        }
    }

    /// What the audit log calls it; none when it is no failure of whoever signs in.
    #[must_use]
    pub const fn failure(&self) -> Option<SignInFailure> {
        Some(match self {
            Self::Expired => SignInFailure::Expired,
            Self::NotYetValid => SignInFailure::NotYetValid,
            Self::Audience => SignInFailure::WrongAudience,
            Self::UnknownKey => SignInFailure::UnknownKey,
            Self::OtherMunicipality => SignInFailure::WrongHost,
            Self::Algorithm | Self::Claim(_) | Self::UnverifiedEmail | Self::SeveralMunicipalities | Self::Invalid => {
                SignInFailure::Invalid
            }
            Self::Unavailable | Self::Store(_) => return None,
        })
    }
}

impl From<StoreError> for TokenRefusal {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<TokenRefusal> for RefusedToken {
    fn from(refusal: TokenRefusal) -> Self {
        Self { refusal, claimed: None }
    }
}

use super::Identity;
use crate::{audit::SignInFailure, database::StoreError};

/// Why a token is refused. Each text is fit for the client to read.
#[derive(Debug, thiserror::Error)]
pub enum TokenRefusal {
    /// The token was valid once.
    #[error("the token has expired; get a new one")]
    Expired,
    /// The token is not valid yet.
    #[error("the token is not valid yet")]
    NotYetValid,
    /// The token is for another service.
    #[error("the token is for another service: its `aud` is not this one")]
    Audience,
    /// The token is signed in a way that is not taken.
    #[error("the token is signed with an algorithm that is not taken here")]
    Algorithm,
    /// The token is signed with none of its provider's keys.
    #[error("the token is signed with a key that its provider does not have")]
    UnknownKey,
    /// The token lacks something.
    #[error("the token's claim `{0}` is missing, or no text of at most 200 characters")]
    Claim(String),
    /// The token has an address that anybody may have entered.
    #[error("the token's e-mail address is not verified by its provider")]
    UnverifiedEmail,
    /// The token's provider does not vouch for users of the municipality.
    #[error("the token is for another municipality than this address: use that municipality's")]
    OtherMunicipality,
    /// The token's provider vouches for users of several municipalities, and nothing says which it is.
    #[error("the token's provider serves several municipalities: use the address of yours")]
    SeveralMunicipalities,
    /// The token is not one that is understood here.
    #[error("the token is not valid here")]
    Invalid,
    /// The provider has not answered since the program began.
    #[error("the token's provider does not answer at the moment: send the request again later")]
    Unavailable,
    /// The database failed.
    #[error("the database does not answer at the moment: send the request again later")]
    Store(#[from] StoreError),
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

impl From<TokenRefusal> for RefusedToken {
    fn from(refusal: TokenRefusal) -> Self {
        Self { refusal, claimed: None }
    }
}

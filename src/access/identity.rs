use uuid::Uuid;

/// Who a request says it comes from, once its token has been verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Identity {
    /// A user of a municipality, by a token of this installation.
    User {
        /// The municipality.
        municipality_id: Uuid,
        /// The user.
        user_id: Uuid,
    },
    /// Somebody whom an OpenID Connect provider vouches for. Which user that is, the municipality's links say.
    External {
        /// The municipality.
        municipality_id: Uuid,
        /// The provider.
        issuer: String,
        /// Who they are there.
        subject: String,
    },
    /// A service account, by one of its tokens. Whether the token is valid is found out when the account is read.
    Service {
        /// The municipality.
        municipality_id: Uuid,
        /// SHA-256 of the token, in hexadecimal.
        token_hash: String,
    },
    /// Anybody: the public of one municipality.
    Public {
        /// The municipality.
        municipality_id: Uuid,
    },
}

impl Identity {
    /// The municipality that they belong to.
    #[must_use]
    pub fn municipality_id(&self) -> Uuid {
        match self {
            Self::User { municipality_id, .. }
            | Self::External { municipality_id, .. }
            | Self::Service { municipality_id, .. }
            | Self::Public { municipality_id } => *municipality_id,
        }
    }
}

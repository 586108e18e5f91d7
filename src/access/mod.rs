//! Who is asking, and what they may see and do.
//!
//! [`Reader`] and [`Permit`] can be made here only, and every function that touches tenant data takes one of them: a
//! read that forgets the scope, or a change that forgets to ask, does not compile.

mod actor;
mod bearer_tokens;
mod directory;
mod explain;
mod gate;
mod grant;
mod heirs;
mod identity;
mod known_tokens;
mod local_token;
mod oidc;
mod permit;
mod place;
mod policies;
mod policy;
mod reach;
mod reader;
mod reads;
mod right;
mod sealed;
mod service_secret;
mod tenant_rows;
mod token_refusal;
mod token_use;

pub use actor::{ActingUser, Actor};
pub use bearer_tokens::{BearerTokens, expiry_of};
pub use directory::Directory;
pub use explain::{Explanation, Ground, Held, Verdict};
pub use gate::{AccessError, Gate};
pub(crate) use heirs::with_those_above;
pub use identity::Identity;
pub use local_token::{LocalTokens, TokenError};
pub use oidc::{IssuerError, IssuerSettings, Issuers, ProviderCondition};
pub use permit::{Denied, Permit};
pub use place::Place;
pub use policy::{Invariant, Policy, PolicyError, Rule};
pub use reach::Reach;
pub use reader::Reader;
pub use reads::{ConfidentialReads, Thing};
pub use right::{Right, UnknownRight};
pub use sealed::{Sealed, Secret};
pub use service_secret::ServiceSecret;
pub(crate) use tenant_rows::{
    Keyed, flag, join, join_joined, keyed, referring, rows_by_id, rows_referring, visible_rows_by_id, with_columns,
};
pub use token_refusal::{RefusedToken, TokenRefusal};

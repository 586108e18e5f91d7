//! Administration in the API.

mod access_change;
mod explanation;
mod mutation;
mod policy;
mod query;
mod service_permission;
mod service_token;
mod user_identity;

pub use access_change::AccessChange;
pub use mutation::{AdministrationMutation, TokenMutation};
pub use policy::PolicyVersion;
pub use query::AdministrationQuery;
pub use service_permission::ServicePermission;
pub use service_token::ServiceToken;
pub use user_identity::UserIdentity;

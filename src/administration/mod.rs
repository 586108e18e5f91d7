//! Who may do what: the policy, service accounts and their tokens, sign-in through a provider, what takes two
//! administrators, and why somebody may or may not do something.

mod api;
mod commands;
mod link;
mod rules;
mod sheets;
mod store;

pub use api::{
    AccessChange, AdministrationMutation, AdministrationQuery, PolicyVersion, ServicePermission, ServiceToken,
    TokenMutation, UserIdentity,
};
pub use commands::{
    ApproveAccessChangeInput, CreateServiceAccountInput, CreateServicePermissionInput, CreateServiceTokenInput,
    CreateUserIdentityInput, EndUserIdentityInput, PolicyRuleInput, ProposePolicyInput, RejectAccessChangeInput,
    RevokeServiceTokenInput, RotateServiceTokenInput, UpdateServicePermissionInput, WithdrawAccessChangeInput,
};
pub(crate) use commands::{Proposed, propose};
pub use link::{LinkError, NewLink, link_user};
pub(crate) use sheets::EXPORTS;
pub(crate) use store::{ChangeOfRole, IdentitiesOfUser, PermissionsOfUser, TokensOfUser};

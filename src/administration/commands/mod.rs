//! The use cases of administration, all of them the administrator's.

mod access_change;
mod policy;
mod proposal;
mod service_account;
mod service_permission;
mod service_token;
mod user_identity;

pub use access_change::{ApproveAccessChangeInput, RejectAccessChangeInput, WithdrawAccessChangeInput};
pub use policy::{PolicyRuleInput, ProposePolicyInput};
pub(crate) use proposal::{Proposed, propose};
pub use service_account::CreateServiceAccountInput;
pub use service_permission::{CreateServicePermissionInput, UpdateServicePermissionInput};
pub use service_token::{CreateServiceTokenInput, RevokeServiceTokenInput, RotateServiceTokenInput};
pub use user_identity::{CreateUserIdentityInput, EndUserIdentityInput};

use crate::{
    database::StoreError,
    graphql::NodeKind,
    use_case::{Check, Problem, Transaction},
};
use async_graphql::ID;
use entity::{UserKind, user_account};
use sea_orm::Condition;
use uuid::Uuid;

/// The service account that an input is about; noted when it is none.
async fn account(check: &mut Check, tx: &Transaction, id: &ID) -> Result<Uuid, StoreError> {
    let id = check.id("userId", NodeKind::User, id);
    let user = check
        .found::<user_account::Entity>(tx, "userId", Some(id), NodeKind::User, Condition::all())
        .await?;
    check.require(user.is_none_or(|user| user.kind == UserKind::Service), || {
        Problem::invalid("userId", message!("administration-person-has-roles"))
    });
    Ok(id)
}

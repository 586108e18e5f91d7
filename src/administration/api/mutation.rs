use super::{AccessChange, PolicyVersion, ServicePermission, ServiceToken, UserIdentity};
use crate::graphql::limits::{expected, list_cost};
use crate::{
    administration::commands::{
        ApproveAccessChangeInput, CreateServiceAccountInput, CreateServicePermissionInput, CreateServiceTokenInput,
        CreateUserIdentityInput, EndUserIdentityInput, ProposePolicyInput, RejectAccessChangeInput,
        RevokeServiceTokenInput, RotateServiceTokenInput, UpdateServicePermissionInput, WithdrawAccessChangeInput,
    },
    graphql::{Result, UserError, carry_out},
    mutations,
    organisation::User,
};
use async_graphql::{Context, Object, SimpleObject};
use std::sync::Arc;

mutations! {
    /// Administration's mutations.
    AdministrationMutation {
        /// Approves a change that takes two administrators. For another administrator than who proposed it, who gains
        /// nothing by it.
        approve_access_change(ApproveAccessChangeInput) -> ApproveAccessChangePayload {
            /// The approved change; null when it was not approved.
            access_change: AccessChange
        }
        /// Rejects a change that takes two administrators.
        reject_access_change(RejectAccessChangeInput) -> RejectAccessChangePayload {
            /// The rejected change; null when it was not rejected.
            access_change: AccessChange
        }
        /// Withdraws a change that one has proposed oneself.
        withdraw_access_change(WithdrawAccessChangeInput) -> WithdrawAccessChangePayload {
            /// The withdrawn change; null when it was not withdrawn.
            access_change: AccessChange
        }
        /// Proposes a new policy, which counts once a second administrator has approved it.
        propose_policy(ProposePolicyInput) -> ProposePolicyPayload {
            /// The proposed version; null when it was refused.
            policy_version: PolicyVersion
        }
        /// Links somebody of an OpenID Connect provider to a user. Counts once a second administrator has approved it.
        create_user_identity(CreateUserIdentityInput) -> CreateUserIdentityPayload {
            /// The new link; null when none was made.
            user_identity: UserIdentity
        }
        /// Ends a link: nobody signs in by it any more.
        end_user_identity(EndUserIdentityInput) -> EndUserIdentityPayload {
            /// The ended link; null when it was not ended.
            user_identity: UserIdentity
        }
        /// Creates a service account, which may do nothing yet. `updateUser` renames and disables it.
        create_service_account(CreateServiceAccountInput) -> CreateServiceAccountPayload {
            /// The new service account; null when none was created.
            user: User
        }
        /// Gives a service account a permission. One that reads confidential content counts once a second administrator
        /// has approved it.
        create_service_permission(CreateServicePermissionInput) -> CreateServicePermissionPayload {
            /// The new permission; null when none was given.
            service_permission: ServicePermission
        }
        /// Ends a service account's permission, or changes when it ends.
        update_service_permission(UpdateServicePermissionInput) -> UpdateServicePermissionPayload {
            /// The changed permission; null when nothing was changed.
            service_permission: ServicePermission
        }
        /// Revokes a token: it does not work any more.
        revoke_service_token(RevokeServiceTokenInput) -> RevokeServiceTokenPayload {
            /// The revoked token; null when it was not revoked.
            service_token: ServiceToken
        }
    }
}

/// The outcome of a mutation.
///
/// Makes a token for a service account.
#[derive(SimpleObject)]
pub(crate) struct CreateServiceTokenPayload {
    /// The new token; null when none was made.
    service_token: Option<ServiceToken>,
    /// The token itself, to be sent as `Authorization: Bearer TOKEN`. Shown this once: it is stored nowhere.
    secret: Option<String>,
    /// Everything that stood in the way; empty when it was done.
    #[graphql(complexity = "list_cost(expected::FEW, child_complexity)")]
    errors: Vec<UserError>,
}

/// The outcome of a mutation.
///
/// Replaces a token by a new one.
#[derive(SimpleObject)]
pub(crate) struct RotateServiceTokenPayload {
    /// The new token; null when none was made.
    service_token: Option<ServiceToken>,
    /// The token itself, to be sent as `Authorization: Bearer TOKEN`. Shown this once: it is stored nowhere.
    secret: Option<String>,
    /// Everything that stood in the way; empty when it was done.
    #[graphql(complexity = "list_cost(expected::FEW, child_complexity)")]
    errors: Vec<UserError>,
}

/// The mutations that show something once.
#[derive(Clone, Copy, Debug, Default)]
pub struct TokenMutation;

#[Object]
impl TokenMutation {
    /// Makes a token for a service account. For the administrator.
    async fn create_service_token(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do.")] input: CreateServiceTokenInput,
    ) -> Result<CreateServiceTokenPayload> {
        let (key, shown) = (input.idempotency_key.clone(), Arc::clone(&input.shown));
        let outcome = carry_out(ctx, key, input).await?;
        Ok(CreateServiceTokenPayload {
            secret: outcome.object.is_some().then(|| shown.get().cloned()).flatten(),
            service_token: outcome.object,
            errors: outcome.errors,
        })
    }

    /// Replaces a token by a new one; the old one goes on working for a while. For the administrator.
    async fn rotate_service_token(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do.")] input: RotateServiceTokenInput,
    ) -> Result<RotateServiceTokenPayload> {
        let (key, shown) = (input.idempotency_key.clone(), Arc::clone(&input.shown));
        let outcome = carry_out(ctx, key, input).await?;
        Ok(RotateServiceTokenPayload {
            secret: outcome.object.is_some().then(|| shown.get().cloned()).flatten(),
            service_token: outcome.object,
            errors: outcome.errors,
        })
    }
}

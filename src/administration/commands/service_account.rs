use crate::{
    access::{Permit, Right},
    organisation::{NewUser, PLACE, add_user},
    use_case::{Failure, Transaction, UseCase},
};
use async_graphql::InputObject;
use entity::UserKind;
use uuid::Uuid;

/// A new service account (systemkonto), which may do nothing until it is given permissions.
#[derive(Clone, Debug, InputObject)]
pub struct CreateServiceAccountInput {
    /// The name that it is told by, unique among the municipality's users.
    pub username: String,
    /// The name that is shown, such as the system's.
    pub name: String,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for CreateServiceAccountInput {
    const NAME: &'static str = "createServiceAccount";
    type Subject = ();

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, ()), Failure> {
        Ok((tx.permit(Right::UserManage, PLACE)?, ()))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, (): ()) -> Result<Uuid, Failure> {
        let new = NewUser {
            username: self.username,
            name: self.name,
            email: None,
            language: None,
            kind: UserKind::Service,
        };
        add_user(tx, &permit, new).await
    }
}

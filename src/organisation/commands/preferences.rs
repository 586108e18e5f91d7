use crate::{
    access::Permit,
    use_case::{Failure, Problem, ProblemKind, Transaction, UseCase, cleared_or_changed, expect_version},
};
use async_graphql::{InputObject, MaybeUndefined};
use entity::{Language, UserKind, user_account};
use sea_orm::IntoActiveModel;
use uuid::Uuid;

/// A change of what you choose for yourself. What is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateMyPreferencesInput {
    /// The version of your user that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// The language that you are written to in; null for that of the installation.
    pub language: MaybeUndefined<Language>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for UpdateMyPreferencesInput {
    const NAME: &'static str = "updateMyPreferences";
    type Subject = user_account::Model;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, user_account::Model), Failure> {
        let permit = tx.reader().actor().own().ok_or(Failure::Unauthenticated)?;
        let user = tx.reader().by_id::<user_account::Entity>(permit.user().id).await?;
        match user {
            Some(user) if user.kind == UserKind::Person => Ok((permit, user)),
            // It has exactly the permissions that it was given, and nobody writes to it.
            _ => Err(Problem::new(
                ProblemKind::Forbidden,
                "",
                message!("organisation-service-without-preferences"),
            )
            .into()),
        }
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, user: user_account::Model) -> Result<Uuid, Failure> {
        expect_version(&user, self.expected_version)?;
        let mut change = user.clone().into_active_model();
        change.language = cleared_or_changed(self.language);
        Ok(tx.update(&permit, user, change).await?.id)
    }
}

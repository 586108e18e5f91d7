use super::{Proposed, propose};
use crate::{
    access::{Permit, Right},
    administration::store,
    graphql::NodeKind,
    organisation::{PLACE, refuse_identity_number},
    use_case::{Check, Duties, Failure, Problem, SHORT_TEXT, Transaction, UseCase, expect_version},
};
use async_graphql::{ID, InputObject};
use entity::{user_account, user_identity};
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use uuid::Uuid;

/// A link from somebody of an OpenID Connect provider to a user, who they then sign in as. It counts once a second
/// administrator has approved it.
#[derive(Clone, Debug, InputObject)]
pub struct CreateUserIdentityInput {
    /// The user.
    pub user_id: ID,
    /// The provider: the `iss` of its tokens.
    pub issuer: String,
    /// Who it is there: the value of the claim that the operator has set up, `sub` mostly. Never a personal identity
    /// number.
    pub subject: String,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for CreateUserIdentityInput {
    const NAME: &'static str = "createUserIdentity";
    type Subject = ();

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, ()), Failure> {
        Ok((tx.permit(Right::UserManage, PLACE)?, ()))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, (): ()) -> Result<Uuid, Failure> {
        let mut check = Check::new();
        let user_id = check.id("userId", NodeKind::User, &self.user_id);
        check
            .exists::<user_account::Entity>(tx, "userId", Some(user_id), NodeKind::User)
            .await?;
        check.text("issuer", &self.issuer, SHORT_TEXT);
        check.text("subject", &self.subject, SHORT_TEXT);
        refuse_identity_number(&mut check, "subject", &self.subject);
        let linked = store::identity(tx.reader(), &self.issuer, &self.subject).await?;
        check.require(linked.is_none(), || {
            Problem::duplicate("subject", message!("administration-subject-linked"))
        });
        check.finish()?;
        tx.separate(Duties::GrantAndHold, &[Some(user_id)]).await?;
        let row = user_identity::ActiveModel {
            municipality_id: Set(permit.municipality_id()),
            id: Set(Uuid::now_v7()),
            user_id: Set(user_id),
            issuer: Set(self.issuer),
            subject: Set(self.subject),
            in_force: Set(false),
            linked_by: Set(tx.user_id()),
            version: Set(1),
            created_at: Set(tx.now()),
        };
        let id = tx.insert(&permit, row).await?.id;
        propose(tx, &permit, Proposed::UserIdentity(id)).await?;
        Ok(id)
    }
}

/// The end of a link: nobody signs in by it from the next request on.
#[derive(Clone, Debug, InputObject)]
pub struct EndUserIdentityInput {
    /// The link.
    pub id: ID,
    /// The version that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for EndUserIdentityInput {
    const NAME: &'static str = "endUserIdentity";
    type Subject = user_identity::Model;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, user_identity::Model), Failure> {
        let permit = tx.permit(Right::UserManage, PLACE)?;
        let row = tx
            .subject::<user_identity::Entity>(NodeKind::UserIdentity, &self.id)
            .await?;
        Ok((permit, row))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, row: user_identity::Model) -> Result<Uuid, Failure> {
        expect_version(&row, self.expected_version)?;
        if !row.in_force {
            return Err(Problem::invalid("id", message!("administration-link-not-in-force")).into());
        }
        let mut change = row.clone().into_active_model();
        change.in_force = Set(false);
        Ok(tx.update(&permit, row, change).await?.id)
    }
}

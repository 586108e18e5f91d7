use super::{Proposed, account, propose};
use crate::{
    access::{Permit, Right, ServiceSecret},
    administration::{
        rules::{LONGEST_OVERLAP, overlap_end, refuse_wrong_end},
        store,
    },
    clock::Clock,
    graphql::{DateTime, NodeKind},
    organisation::PLACE,
    use_case::{Check, Failure, Problem, SHORT_TEXT, Transaction, UseCase, expect_version},
};
use async_graphql::{ID, InputObject};
use entity::service_token;
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use std::sync::{Arc, OnceLock};
use uuid::Uuid;

/// A token on its way to who asked for it: shown once, and stored nowhere.
pub(crate) type ShownOnce = Arc<OnceLock<String>>;

/// A new token for a service account. One for an account that may read confidential content works once a second
/// administrator has approved it.
#[derive(Clone, Debug, InputObject)]
pub struct CreateServiceTokenInput {
    /// The service account.
    pub user_id: ID,
    /// What it is for, such as the system that gets it.
    pub name: String,
    /// When it stops working, at most 366 days from now.
    pub expires_at: DateTime,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours,
    /// and without the secret.
    pub idempotency_key: Option<String>,
    #[graphql(skip)]
    pub(crate) shown: ShownOnce,
}

impl UseCase for CreateServiceTokenInput {
    const NAME: &'static str = "createServiceToken";
    type Subject = ();

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, ()), Failure> {
        Ok((tx.permit(Right::UserManage, PLACE)?, ()))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, (): ()) -> Result<Uuid, Failure> {
        let mut check = Check::new();
        let user_id = account(&mut check, tx, &self.user_id).await?;
        check.text("name", &self.name, SHORT_TEXT);
        refuse_wrong_end(&mut check, self.expires_at.0, real_time());
        check.finish()?;
        let new = NewToken {
            user_id,
            name: self.name,
            expires_at: self.expires_at,
        };
        new.issue(tx, &permit, &self.shown).await
    }
}

/// A token that takes another's place. The old one goes on working for a while, so that the system that has it can be
/// given the new one in peace.
#[derive(Clone, Debug, InputObject)]
pub struct RotateServiceTokenInput {
    /// The token to be replaced, which works.
    pub id: ID,
    /// The version that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// When the new one stops working, at most 366 days from now.
    pub expires_at: DateTime,
    /// For how many hours the old one goes on working, 0 to 168.
    #[graphql(default = 24)]
    pub overlap_hours: i32,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours,
    /// and without the secret.
    pub idempotency_key: Option<String>,
    #[graphql(skip)]
    pub(crate) shown: ShownOnce,
}

impl UseCase for RotateServiceTokenInput {
    const NAME: &'static str = "rotateServiceToken";
    type Subject = service_token::Model;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, service_token::Model), Failure> {
        token(tx, &self.id).await
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, old: service_token::Model) -> Result<Uuid, Failure> {
        expect_version(&old, self.expected_version)?;
        let now = real_time();
        let mut check = Check::new();
        refuse_wrong_end(&mut check, self.expires_at.0, now);
        check.number("overlapHours", Some(self.overlap_hours), 0..=LONGEST_OVERLAP);
        check.require(works(&old), || {
            Problem::invalid("id", message!("administration-token-not-working"))
        });
        check.finish()?;
        let new = NewToken {
            user_id: old.user_id,
            name: old.name.clone(),
            expires_at: self.expires_at,
        };
        let mut change = old.clone().into_active_model();
        change.expires_at = Set(overlap_end(old.expires_at, now, self.overlap_hours));
        tx.update(&permit, old, change).await?;
        new.issue(tx, &permit, &self.shown).await
    }
}

/// The end of a token: it does not work from the next request on.
#[derive(Clone, Debug, InputObject)]
pub struct RevokeServiceTokenInput {
    /// The token.
    pub id: ID,
    /// The version that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for RevokeServiceTokenInput {
    const NAME: &'static str = "revokeServiceToken";
    type Subject = service_token::Model;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, service_token::Model), Failure> {
        token(tx, &self.id).await
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, row: service_token::Model) -> Result<Uuid, Failure> {
        expect_version(&row, self.expected_version)?;
        if row.revoked_at.is_some() {
            return Err(Problem::invalid("id", message!("administration-token-revoked")).into());
        }
        let mut change = row.clone().into_active_model();
        change.revoked_at = Set(Some(real_time()));
        Ok(tx.update(&permit, row, change).await?.id)
    }
}

struct NewToken {
    user_id: Uuid,
    name: String,
    expires_at: DateTime,
}

impl NewToken {
    async fn issue(self, tx: &mut Transaction, permit: &Permit, shown: &ShownOnce) -> Result<Uuid, Failure> {
        let waits = store::may_read_confidential(tx.reader(), self.user_id).await?;
        let secret = ServiceSecret::new(permit.municipality_id())?;
        let row = service_token::ActiveModel {
            municipality_id: Set(permit.municipality_id()),
            id: Set(Uuid::now_v7()),
            user_id: Set(self.user_id),
            name: Set(self.name),
            token_hash: Set(secret.hash()),
            hint: Set(secret.hint()),
            expires_at: Set(self.expires_at.0),
            revoked_at: Set(None),
            last_used_at: Set(None),
            in_force: Set(!waits),
            issued_by: Set(tx.user_id()),
            version: Set(1),
            created_at: Set(tx.now()),
        };
        let id = tx.insert(permit, row).await?.id;
        if waits {
            propose(tx, permit, Proposed::ServiceToken(id)).await?;
        }
        // Asked for once a request: nobody has put another there.
        let _ = shown.set(secret.into_text());
        Ok(id)
    }
}

async fn token(tx: &Transaction, id: &ID) -> Result<(Permit, service_token::Model), Failure> {
    let permit = tx.permit(Right::UserManage, PLACE)?;
    let row = tx.subject::<service_token::Entity>(NodeKind::ServiceToken, id).await?;
    Ok((permit, row))
}

fn works(token: &service_token::Model) -> bool {
    token.in_force && token.revoked_at.is_none() && token.expires_at > real_time()
}

/// How long a token works is between its holder and the server: the domain's clock may stand still.
fn real_time() -> chrono::DateTime<chrono::Utc> {
    Clock::default().now()
}

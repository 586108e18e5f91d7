use crate::{
    access::{Permit, Policy, Right},
    administration::{
        rules::{gaining, refuse_broken_invariants, refuse_decided},
        store,
    },
    graphql::NodeKind,
    organisation::PLACE,
    use_case::{Check, Duties, Failure, LONG_TEXT, Problem, Transaction, UseCase, expect_version},
};
use async_graphql::{ID, InputObject};
use entity::{
    AccessChangeStatus, access_change, policy_version, role_assignment, service_permission, service_token,
    user_identity,
};
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use uuid::Uuid;

/// The approval of a change by a second administrator, who gains nothing by it: from then on it counts.
#[derive(Clone, Debug, InputObject)]
pub struct ApproveAccessChangeInput {
    /// The change, which waits.
    pub id: ID,
    /// The version that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for ApproveAccessChangeInput {
    const NAME: &'static str = "approveAccessChange";
    type Subject = access_change::Model;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, access_change::Model), Failure> {
        deciding(tx, &self.id).await
    }

    async fn perform(
        self,
        tx: &mut Transaction,
        permit: Permit,
        change: access_change::Model,
    ) -> Result<Uuid, Failure> {
        expect_version(&change, self.expected_version)?;
        refuse_decided(change.status, AccessChangeStatus::Approved)?;
        tx.separate(Duties::ProposeAndApprove, &[change.proposed_by]).await?;
        put_in_force(tx, &permit, &change).await?;
        decide(tx, &permit, change, AccessChangeStatus::Approved, None).await
    }
}

/// The rejection of a change by an administrator: it never counts.
#[derive(Clone, Debug, InputObject)]
pub struct RejectAccessChangeInput {
    /// The change, which waits.
    pub id: ID,
    /// The version that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// Why.
    pub reason: String,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for RejectAccessChangeInput {
    const NAME: &'static str = "rejectAccessChange";
    type Subject = access_change::Model;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, access_change::Model), Failure> {
        deciding(tx, &self.id).await
    }

    async fn perform(
        self,
        tx: &mut Transaction,
        permit: Permit,
        change: access_change::Model,
    ) -> Result<Uuid, Failure> {
        expect_version(&change, self.expected_version)?;
        refuse_decided(change.status, AccessChangeStatus::Rejected)?;
        let mut check = Check::new();
        check.text("reason", &self.reason, LONG_TEXT);
        check.finish()?;
        decide(tx, &permit, change, AccessChangeStatus::Rejected, Some(self.reason)).await
    }
}

/// The withdrawal of a change by the administrator who proposed it.
#[derive(Clone, Debug, InputObject)]
pub struct WithdrawAccessChangeInput {
    /// The change, which waits.
    pub id: ID,
    /// The version that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for WithdrawAccessChangeInput {
    const NAME: &'static str = "withdrawAccessChange";
    type Subject = access_change::Model;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, access_change::Model), Failure> {
        deciding(tx, &self.id).await
    }

    async fn perform(
        self,
        tx: &mut Transaction,
        permit: Permit,
        change: access_change::Model,
    ) -> Result<Uuid, Failure> {
        expect_version(&change, self.expected_version)?;
        refuse_decided(change.status, AccessChangeStatus::Withdrawn)?;
        if change.proposed_by != tx.user_id() {
            return Err(Problem::invalid("id", message!("administration-proposed-by-other")).into());
        }
        decide(tx, &permit, change, AccessChangeStatus::Withdrawn, None).await
    }
}

/// The change that somebody decides on, and leave to: that of what it would put in force.
async fn deciding(tx: &Transaction, id: &ID) -> Result<(Permit, access_change::Model), Failure> {
    // Who may decide on none learns nothing of any.
    let leave = tx
        .permit(Right::UserManage, PLACE)
        .or_else(|_| tx.permit(Right::PolicyManage, PLACE))?;
    let change = tx.subject::<access_change::Entity>(NodeKind::AccessChange, id).await?;
    let right = if change.policy_version_id.is_some() {
        Right::PolicyManage
    } else {
        Right::UserManage
    };
    if leave.right() == Some(right) {
        return Ok((leave, change));
    }
    Ok((tx.permit(right, PLACE)?, change))
}

async fn decide(
    tx: &mut Transaction,
    permit: &Permit,
    row: access_change::Model,
    status: AccessChangeStatus,
    reason: Option<String>,
) -> Result<Uuid, Failure> {
    let mut change = row.clone().into_active_model();
    change.status = Set(status);
    change.decided_by = Set(tx.user_id());
    change.decided_at = Set(Some(tx.now()));
    change.reason = Set(reason);
    Ok(tx.update(permit, row, change).await?.id)
}

/// Puts a row in force, unless the actor gains by it.
macro_rules! enforce {
    ($tx:ident, $permit:ident, $table:ident, $id:expr) => {{
        let row = $tx.reader().by_id::<$table::Entity>($id).await?;
        let row = row.ok_or_else(|| Problem::not_found("id", message!("access-no-such-change")))?;
        $tx.separate(Duties::GainAndApprove, &[Some(row.user_id)]).await?;
        let mut change = row.clone().into_active_model();
        change.in_force = Set(true);
        $tx.update($permit, row, change).await?;
    }};
}

async fn put_in_force(tx: &mut Transaction, permit: &Permit, change: &access_change::Model) -> Result<(), Failure> {
    if let Some(id) = change.role_assignment_id {
        enforce!(tx, permit, role_assignment, id);
    }
    if let Some(id) = change.service_permission_id {
        enforce!(tx, permit, service_permission, id);
    }
    if let Some(id) = change.service_token_id {
        enforce!(tx, permit, service_token, id);
    }
    if let Some(id) = change.user_identity_id {
        refuse_linked(tx, id).await?;
        enforce!(tx, permit, user_identity, id);
    }
    if let Some(id) = change.policy_version_id {
        put_policy_in_force(tx, permit, id).await?;
    }
    Ok(())
}

/// Somebody of a provider is one user: a link that waited is refused when there is another by now.
async fn refuse_linked(tx: &Transaction, id: Uuid) -> Result<(), Failure> {
    let Some(link) = tx.reader().by_id::<user_identity::Entity>(id).await? else {
        return Ok(());
    };
    if store::identity(tx.reader(), &link.issuer, &link.subject)
        .await?
        .is_some()
    {
        return Err(Problem::duplicate("id", message!("administration-subject-linked")).into());
    }
    Ok(())
}

async fn put_policy_in_force(tx: &mut Transaction, permit: &Permit, id: Uuid) -> Result<(), Failure> {
    let row = tx.reader().by_id::<policy_version::Entity>(id).await?;
    let row = row.ok_or_else(|| Problem::not_found("id", message!("access-no-such-policy")))?;
    let policy = Policy::compile(&row.rules).await.map_err(|error| {
        let error = error.to_string();
        Problem::invalid("id", message!("access-policy-refused", error))
    })?;
    // It was proposed to a program that may have had other invariants.
    let mut check = Check::new();
    refuse_broken_invariants(&mut check, &policy);
    check.finish()?;
    let roles = gaining(tx.reader().actor().policy(), &policy);
    let holders = store::holders(tx.reader(), &roles, tx.today()).await?;
    let holders: Vec<_> = holders.into_iter().map(Some).collect();
    tx.separate(Duties::GainAndApprove, &holders).await?;
    let mut change = row.clone().into_active_model();
    change.in_force = Set(true);
    tx.update(permit, row, change).await?;
    Ok(())
}

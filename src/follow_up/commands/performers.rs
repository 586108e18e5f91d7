use super::subject;
use crate::{
    access::{Permit, Right},
    follow_up::store::{self, FollowUpRow},
    graphql::NodeKind,
    organisation::role_holders,
    planning::open_year,
    use_case::{Check, Failure, Problem, ProblemKind, Transaction, UseCase, expect_version},
};
use async_graphql::{ID, InputObject};
use entity::{Role, follow_up, follow_up_performer};
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use uuid::Uuid;

/// The most people that a follow-up is assigned to.
const MOST_PERFORMERS: usize = 50;

/// Who is to carry out a follow-up, in place of those assigned so far.
#[derive(Clone, Debug, InputObject)]
pub struct AssignPerformersInput {
    /// The follow-up.
    pub id: ID,
    /// The version of the follow-up that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// The users: each holds the role `PERFORMER` in the department. Empty: nobody.
    pub performer_ids: Vec<ID>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for AssignPerformersInput {
    const NAME: &'static str = "assignPerformers";
    type Subject = FollowUpRow;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, FollowUpRow), Failure> {
        let row = subject::follow_up(tx, "id", &self.id).await?;
        Ok((tx.permit(Right::FollowUpStart, row.department())?, row))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, row: FollowUpRow) -> Result<Uuid, Failure> {
        let follow_up = row.follow_up;
        expect_version(&follow_up, self.expected_version)?;
        open_year(tx, follow_up.control_year_id).await?;
        let mut check = Check::new();
        let wanted = check_performers(tx, &mut check, &self.performer_ids, follow_up.department_id).await?;
        check.finish()?;
        let (id, version) = (follow_up.id, follow_up.version);
        let present = store::performer_rows(tx.reader(), id).await?;
        let (kept, gone): (Vec<_>, Vec<_>) = present.into_iter().partition(|row| wanted.contains(&row.user_id));
        let added = wanted
            .iter()
            .filter(|user| !kept.iter().any(|row| row.user_id == **user))
            .copied()
            .collect::<Vec<_>>();
        if gone.is_empty() && added.is_empty() {
            return Ok(id);
        }
        for row in gone {
            tx.delete(&permit, row).await?;
        }
        assign(tx, &permit, id, &added).await?;
        // Who carries it out is kept beside the follow-up, but is a change of it.
        let mut change = follow_up.clone().into_active_model();
        change.version = Set(version + 1);
        tx.update::<follow_up::Model, _>(&permit, follow_up, change).await?;
        Ok(id)
    }
}

/// The users that may carry out follow-ups of a department, each once; notes those that may not.
pub(super) async fn check_performers(
    tx: &Transaction,
    check: &mut Check,
    ids: &[ID],
    department_id: Uuid,
) -> Result<Vec<Uuid>, Failure> {
    if ids.len() > MOST_PERFORMERS {
        check.add(Problem::new(
            ProblemKind::Limit,
            "performerIds",
            message!("follow-up-too-many-performers", most = MOST_PERFORMERS),
        ));
        return Ok(Vec::new());
    }
    let mut users = Vec::with_capacity(ids.len());
    for (index, id) in ids.iter().enumerate() {
        users.push(check.id(&format!("performerIds.{index}"), NodeKind::User, id));
    }
    if users.is_empty() {
        return Ok(users);
    }
    let holders = role_holders(tx.reader(), Role::Performer, department_id, tx.today(), &users).await?;
    for (index, user) in users.iter().enumerate() {
        check.require(user.is_nil() || holders.contains(user), || {
            Problem::invalid(&format!("performerIds.{index}"), message!("follow-up-no-performer"))
        });
    }
    users.sort_unstable();
    users.dedup();
    Ok(users)
}

/// Assigns users to a follow-up that none of them is assigned to.
pub(super) async fn assign(
    tx: &mut Transaction,
    permit: &Permit,
    follow_up_id: Uuid,
    users: &[Uuid],
) -> Result<(), Failure> {
    for user_id in users {
        let row = follow_up_performer::ActiveModel {
            municipality_id: Set(permit.municipality_id()),
            follow_up_id: Set(follow_up_id),
            user_id: Set(*user_id),
        };
        tx.insert(permit, row).await?;
    }
    Ok(())
}

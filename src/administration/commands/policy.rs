use super::{Proposed, propose};
use crate::{
    access::{Permit, Policy, Right, Rule},
    administration::{
        rules::{refuse_broken_invariants, refuse_repeated_rules},
        store,
    },
    organisation::PLACE,
    use_case::{Check, Failure, LONG_TEXT, Problem, ProblemKind, Transaction, UseCase},
};
use async_graphql::InputObject;
use entity::{Role, policy_version};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

/// A rule of a policy: a role has a right, wherever its assignment reaches.
#[derive(Clone, Copy, Debug, InputObject)]
pub struct PolicyRuleInput {
    /// The role.
    pub role: Role,
    /// The right.
    pub right: Right,
}

/// A new version of the municipality's policy, whole. It counts once a second administrator has approved it.
#[derive(Clone, Debug, InputObject)]
pub struct ProposePolicyInput {
    /// The number of the policy that you read: refused when another is in force by now.
    pub expected_number: i32,
    /// All of its rules.
    pub rules: Vec<PolicyRuleInput>,
    /// Why.
    pub reason: String,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for ProposePolicyInput {
    const NAME: &'static str = "proposePolicy";
    type Subject = ();

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, ()), Failure> {
        Ok((tx.permit(Right::PolicyManage, PLACE)?, ()))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, (): ()) -> Result<Uuid, Failure> {
        let present = tx.reader().actor().policy_number();
        if present != self.expected_number {
            return Err(Problem::new(
                ProblemKind::Conflict {
                    current_version: Some(present),
                },
                "expectedNumber",
                message!("administration-policy-stale", present, expected = self.expected_number),
            )
            .into());
        }
        if store::policy_waits(tx.reader()).await? {
            let message = message!("administration-policy-waits");
            return Err(Problem::duplicate("", message).into());
        }
        let rules: Vec<Rule> = self
            .rules
            .iter()
            .map(|PolicyRuleInput { role, right }| Rule {
                role: *role,
                right: *right,
            })
            .collect();
        let policy = Policy::of(rules.iter().copied());
        let mut check = Check::new();
        check.text("reason", &self.reason, LONG_TEXT);
        refuse_repeated_rules(&mut check, &rules);
        refuse_broken_invariants(&mut check, &policy);
        check.require(policy != **tx.reader().actor().policy(), || {
            Problem::duplicate("rules", message!("administration-policy-unchanged"))
        });
        check.finish()?;
        let row = policy_version::ActiveModel {
            municipality_id: Set(permit.municipality_id()),
            id: Set(Uuid::now_v7()),
            number: Set(store::last_policy_number(tx.reader()).await? + 1),
            rules: Set(policy.text()),
            reason: Set(Some(self.reason)),
            in_force: Set(false),
            proposed_by: Set(tx.user_id()),
            created_at: Set(tx.now()),
        };
        let id = tx.insert(&permit, row).await?.id;
        propose(tx, &permit, Proposed::PolicyVersion(id)).await?;
        Ok(id)
    }
}

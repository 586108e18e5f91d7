use super::AccessChange;
use crate::graphql::limits::{expected, list_cost};
use crate::{
    access::{Policy, Reader, Right, Rule},
    administration::store,
    graphql::{DateTime, NodeKind, Result, Row},
    organisation::User,
    row_object,
};
use async_graphql::{ID, Object, SimpleObject};
use entity::{Role, policy_version};
use std::sync::Arc;

/// A rule of a policy: a role has a right, wherever its assignment reaches.
#[derive(Clone, Debug, SimpleObject)]
pub(crate) struct PolicyRule {
    /// The role.
    role: Role,
    /// The right.
    right: Right,
    /// The kind of object, as the rule's text names it.
    object: &'static str,
    /// The action on it, as the rule's text names it.
    action: &'static str,
}

impl From<Rule> for PolicyRule {
    fn from(Rule { role, right }: Rule) -> Self {
        let (object, action) = right.names();
        Self {
            role,
            right,
            object,
            action,
        }
    }
}

/// A version of the municipality's policy.
#[derive(Clone)]
pub struct PolicyVersion(Row<policy_version::Model>);

row_object!(PolicyVersion(policy_version::Model), load: store::overseen::<policy_version::Entity>);

/// A version of the municipality's policy.
#[Object]
impl PolicyVersion {
    /// Its global id.
    pub(crate) async fn id(&self) -> ID {
        NodeKind::PolicyVersion.encode(self.0.id)
    }

    /// Its number in the municipality, from 1.
    async fn number(&self) -> i32 {
        self.0.number
    }

    /// Its rules, by role.
    #[graphql(complexity = "list_cost(expected::RULES, child_complexity)")]
    async fn rules(&self) -> Result<Vec<PolicyRule>> {
        Ok(rules_of(&self.0.rules))
    }

    /// Why it was changed.
    async fn reason(&self) -> Option<&String> {
        self.0.reason.as_ref()
    }

    /// Whether a second administrator has approved it. Of those approved, the one with the highest number counts.
    async fn in_force(&self) -> bool {
        self.0.in_force
    }

    /// What it waits, or waited, for where it takes two administrators. For those who keep or oversee users and policy;
    /// null for others.
    async fn access_change(&self) -> Result<Option<AccessChange>> {
        Ok(self.0.one(store::ChangeOfPolicy).await?.map(Into::into))
    }

    /// Who proposed it.
    async fn proposed_by(&self) -> Result<Option<User>> {
        Ok(self.0.one(store::ProposerOfPolicy).await?.map(Into::into))
    }

    /// When it was proposed.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
}

/// The rules of a stored text, as far as this version of the program knows them.
fn rules_of(text: &str) -> Vec<PolicyRule> {
    text.lines()
        .filter_map(|line| line.parse::<Rule>().ok())
        .map(Into::into)
        .collect()
}

/// The policy that counts in the municipality now.
#[derive(Clone)]
pub(crate) struct PolicyInForce {
    number: i32,
    policy: Arc<Policy>,
    version: Option<PolicyVersion>,
}

impl PolicyInForce {
    /// The policy that the reader is subject to.
    pub(super) async fn of(reader: &Arc<Reader>) -> Result<Self> {
        let number = reader.actor().policy_number();
        let stored = store::policy_numbered(reader, number).await?;
        Ok(Self {
            number,
            policy: Arc::clone(reader.actor().policy()),
            version: stored.map(|row| PolicyVersion::single(reader, row)),
        })
    }
}

/// The policy that counts in the municipality now.
#[Object(name = "Policy")]
impl PolicyInForce {
    /// Its number: what `expectedNumber` is compared with. 0 is the policy that the program ships with, which counts in a
    /// municipality until it has one of its own.
    async fn number(&self) -> i32 {
        self.number
    }

    /// Its rules, by role.
    #[graphql(complexity = "list_cost(expected::RULES, child_complexity)")]
    async fn rules(&self) -> Vec<PolicyRule> {
        self.policy.rules().map(Into::into).collect()
    }

    /// The same as casbin reads them, one a line: `p, ROLE, object, action`.
    async fn text(&self) -> String {
        self.policy.text()
    }

    /// The version that it is; null for the one that the program ships with.
    async fn version(&self) -> Option<&PolicyVersion> {
        self.version.as_ref()
    }
}

use super::Policy;
use crate::{access::Right, language::Message};
use entity::Role;
use sea_orm::Iterable;

/// What no policy can loosen. A policy that breaks one is refused with its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, async_graphql::Enum)]
#[graphql(name = "PolicyInvariant")]
pub enum Invariant {
    /// The administrator keeps the system and reads no content: they have no other right than to manage and read the
    /// organisation, the users and the policy.
    AdministratorReadsNoContent,
    /// The administrator can manage users and the policy, so that nobody is locked out of changing it again.
    AdministratorKeepsManaging,
    /// Nobody but the administrator manages the organisation, the users or the policy: whoever works with content
    /// would widen their own reach.
    OnlyTheAdministratorManages,
    /// The auditor reads, and changes nothing.
    AuditorChangesNothing,
    /// The audit log holds confidential values, so that only a role that reads confidential content and documents reads
    /// the log.
    LogReadersReadConfidential,
}

impl Invariant {
    /// Every invariant.
    pub const ALL: [Self; 5] = [
        Self::AdministratorReadsNoContent,
        Self::AdministratorKeepsManaging,
        Self::OnlyTheAdministratorManages,
        Self::AuditorChangesNothing,
        Self::LogReadersReadConfidential,
    ];

    /// The name that it is refused with.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AdministratorReadsNoContent => "ADMINISTRATOR_READS_NO_CONTENT",
            Self::AdministratorKeepsManaging => "ADMINISTRATOR_KEEPS_MANAGING",
            Self::OnlyTheAdministratorManages => "ONLY_THE_ADMINISTRATOR_MANAGES",
            Self::AuditorChangesNothing => "AUDITOR_CHANGES_NOTHING",
            Self::LogReadersReadConfidential => "LOG_READERS_READ_CONFIDENTIAL",
        }
    }

    /// Whether a role may have a right, as far as this invariant goes.
    #[must_use]
    pub fn allows(self, role: Role, right: Right) -> bool {
        match self {
            Self::AdministratorReadsNoContent => role != Role::Administrator || right.administers(),
            Self::OnlyTheAdministratorManages => {
                role == Role::Administrator || !right.administers() || right.only_reads()
            }
            Self::AuditorChangesNothing => role != Role::Auditor || right.only_reads(),
            Self::AdministratorKeepsManaging | Self::LogReadersReadConfidential => true,
        }
    }

    /// What of a policy breaks it: the rules that must not be there, or those that are missing.
    #[must_use]
    pub fn broken_by(self, policy: &Policy) -> Vec<Message> {
        let rule = |role: Role, right: Right| super::Rule { role, right }.to_string();
        let forbidden = |rule: String| message!("access-rule", rule);
        match self {
            Self::AdministratorKeepsManaging => [Right::UserManage, Right::PolicyManage]
                .into_iter()
                .filter(|right| !policy.allows(Role::Administrator, *right))
                .map(|right| message!("access-rule-missing", rule = rule(Role::Administrator, right)))
                .collect(),
            Self::LogReadersReadConfidential => Role::iter()
                .filter(|role| policy.allows(*role, Right::AuditLogRead))
                .filter(|role| !policy.reads_all_confidential(*role))
                .map(|role| forbidden(rule(role, Right::AuditLogRead)))
                .collect(),
            _ => policy
                .rules()
                .filter(|rule| !self.allows(rule.role, rule.right))
                .map(|rule| forbidden(rule.to_string()))
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::policy::Rule;

    fn without(policy: &Policy, role: Role, right: Right) -> Policy {
        Policy::of(policy.rules().filter(|rule| (rule.role, rule.right) != (role, right)))
    }

    fn with(policy: &Policy, role: Role, right: Right) -> Policy {
        Policy::of(policy.rules().chain([Rule { role, right }]))
    }

    async fn shipped() -> Policy {
        Policy::shipped().await.unwrap()
    }

    fn broken(policy: &Policy) -> Vec<Invariant> {
        Invariant::ALL
            .into_iter()
            .filter(|invariant| !invariant.broken_by(policy).is_empty())
            .collect()
    }

    #[tokio::test]
    async fn the_shipped_policy_keeps_every_invariant() {
        assert_eq!(broken(&shipped().await), []);
    }

    #[tokio::test]
    async fn each_invariant_is_broken_by_what_it_forbids() {
        let policy = shipped().await;
        let cases = [
            (
                with(&policy, Role::Administrator, Right::ConfidentialRead),
                Invariant::AdministratorReadsNoContent,
            ),
            (
                with(&policy, Role::Administrator, Right::FollowUpRead),
                Invariant::AdministratorReadsNoContent,
            ),
            (
                without(&policy, Role::Administrator, Right::PolicyManage),
                Invariant::AdministratorKeepsManaging,
            ),
            (
                with(&policy, Role::Coordinator, Right::UserManage),
                Invariant::OnlyTheAdministratorManages,
            ),
            (
                with(&policy, Role::Auditor, Right::EvidenceWrite),
                Invariant::AuditorChangesNothing,
            ),
            (
                with(&policy, Role::Coordinator, Right::AuditLogRead),
                Invariant::LogReadersReadConfidential,
            ),
        ];
        for (changed, invariant) in cases {
            assert_eq!(broken(&changed), [invariant], "{:?}", invariant.broken_by(&changed));
        }
    }

    #[tokio::test]
    async fn what_the_domain_leaves_open_may_be_changed() {
        let policy = shipped().await;
        for (role, right) in [
            (Role::DepartmentHead, Right::DepartmentReportProposeOwn),
            (Role::Coordinator, Right::ConfidentialRead),
            (Role::CommitteeMember, Right::FollowUpRead),
        ] {
            assert_eq!(broken(&with(&policy, role, right)), [], "{role:?} {right}");
        }
    }

    #[test]
    fn the_api_names_invariants_as_refusals_do() {
        use async_graphql::resolver_utils::EnumType;
        for item in Invariant::items() {
            assert_eq!(item.name, item.value.name());
        }
    }
}
